package dev.vlm4j.conformance;

import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.Device;
import dev.vlm4j.spi.NamedServices;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backend that the kit examines; its engine is loaded at the first use. For one thread at a time.
 */
public final class BackendUnderTest implements AutoCloseable {
  /**
   * System property with the names of the backends to test, separated by commas. One that is absent
   * or that cannot run here fails the tests. Without the property, all backends on the class path
   * are tested.
   */
  public static final String REQUIRED = "vlm4j.requiredBackends";

  /**
   * System property with the device to test on, as {@link Device#parse} reads it; the host's
   * processor without it.
   */
  public static final String DEVICE = "vlm4j.device";

  private final BackendProvider provider;
  private @Nullable Backend backend;

  /** Examines the backend of that provider. */
  public BackendUnderTest(BackendProvider provider) {
    this.provider = provider;
  }

  /**
   * Returns the backends that {@link #REQUIRED} asks for, found by {@link java.util.ServiceLoader}.
   *
   * @throws AssertionError naming every one that is not on the class path, or if there is none at
   *     all
   */
  public static List<BackendUnderTest> required() {
    NamedServices<BackendProvider> installed =
        NamedServices.load(BackendProvider.class, provider -> List.of(provider.name()));
    String names = System.getProperty(REQUIRED, String.join(",", installed.names()));
    List<String> wanted = Arrays.stream(names.split(",")).filter(name -> !name.isBlank()).toList();
    List<String> absent =
        wanted.stream().filter(name -> !installed.names().contains(name)).toList();
    if (wanted.isEmpty() || !absent.isEmpty()) {
      throw new AssertionError(
          "required backends "
              + wanted
              + ", installed "
              + installed.names()
              + ", absent "
              + absent);
    }
    return installed.all().stream()
        .filter(provider -> wanted.contains(provider.name()))
        .map(BackendUnderTest::new)
        .toList();
  }

  /** Returns the device that {@link #DEVICE} names. */
  public static Device device() {
    return Device.parse(System.getProperty(DEVICE, Device.CPU.toString()));
  }

  /** Returns options for engines on {@link #device} with as many threads as they choose. */
  static BackendOptions options() {
    return new BackendOptions(0, device());
  }

  /** Returns the provider. */
  public BackendProvider provider() {
    return provider;
  }

  /**
   * Returns the engine on {@link #device} with as many threads as it chooses.
   *
   * @throws dev.vlm4j.error.VlmException {@code BACKEND_UNAVAILABLE} if it cannot run here
   */
  public Backend backend() {
    if (backend == null) {
      backend = provider.create(options());
    }
    return backend;
  }

  @Override
  public void close() {
    if (backend != null) {
      backend.close();
    }
  }

  @Override
  public String toString() {
    return provider.name();
  }
}
