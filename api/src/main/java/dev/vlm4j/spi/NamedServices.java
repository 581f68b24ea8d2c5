package dev.vlm4j.spi;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Plug-ins of one kind by name. Duplicates are errors, and a failed lookup says what exists and
 * what to add. Immutable.
 *
 * @param <S> the plug-in's interface
 */
public final class NamedServices<S> {
  private final Map<String, S> byName;

  private NamedServices(Map<String, S> byName) {
    this.byName = byName;
  }

  /**
   * Finds all plug-ins of a kind on the class path.
   *
   * @param names the names that a plug-in answers to
   * @throws VlmException {@code PLUGIN_INVALID} if one cannot be instantiated, {@code
   *     PLUGIN_DUPLICATE} if two have a name in common
   */
  public static <S> NamedServices<S> load(Class<S> service, Function<S, List<String>> names) {
    try {
      return of(ServiceLoader.load(service), names);
    } catch (ServiceConfigurationError e) {
      throw new VlmException(
          ErrorCode.PLUGIN_INVALID,
          "a provider of "
              + service.getSimpleName()
              + " on the class path cannot be used: "
              + e.getMessage()
              + ". Remove the jar that names it, or update it",
          e);
    }
  }

  /** Names the given plug-ins; see {@link #load}. */
  public static <S> NamedServices<S> of(Iterable<S> services, Function<S, List<String>> names) {
    Map<String, S> byName = new TreeMap<>();
    for (S service : services) {
      for (String name : names.apply(service)) {
        S former = byName.putIfAbsent(name, service);
        if (former != null) {
          throw new VlmException(
              ErrorCode.PLUGIN_DUPLICATE,
              "the name '"
                  + name
                  + "' is claimed by "
                  + former.getClass().getName()
                  + " and by "
                  + service.getClass().getName()
                  + ": remove one of the two from the class path");
        }
      }
    }
    return new NamedServices<>(byName);
  }

  /**
   * Returns the plug-in of that name.
   *
   * @param code what the failure is called
   * @param kind what the plug-ins are called in the message, for example {@code backend}
   * @param remedy what the user can do, for example which artifact to add
   */
  public S get(String name, ErrorCode code, String kind, String remedy) {
    S service = byName.get(name);
    if (service == null) {
      throw new VlmException(
          code, "no " + kind + " '" + name + "'; there are: " + names() + ". " + remedy);
    }
    return service;
  }

  /** Returns all names in alphabetical order. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** Returns the plug-ins in the order of their names, each once. */
  public List<S> all() {
    return byName.values().stream().distinct().toList();
  }
}
