package dev.vlm4j.zoo.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The filters by name. */
final class Filters {
  /** The code of a filter; {@code arguments} are those in its parentheses. */
  @FunctionalInterface
  interface Filter {
    Value apply(Value input, CallArguments arguments, Budget budget);
  }

  private static final Map<String, Filter> ALL = new HashMap<>();

  static {
    ALL.putAll(TextFilters.all());
    ALL.putAll(NumberFilters.all());
    ALL.putAll(CollectionFilters.all());
    ALL.putAll(SelectionFilters.all());
  }

  /** Filters of Jinja that this engine lacks. */
  private static final Set<String> LACKING =
      Set.of(
          "attr",
          "filesizeformat",
          "forceescape",
          "groupby",
          "pprint",
          "random",
          "striptags",
          "urlencode",
          "urlize",
          "wordwrap",
          "xmlattr");

  private Filters() {}

  static boolean isKnownToJinja(String name) {
    return has(name) || LACKING.contains(name);
  }

  static boolean has(String name) {
    return ALL.containsKey(name);
  }

  static Value apply(String name, Value input, CallArguments arguments, Budget budget) {
    Filter filter = ALL.get(name);
    if (filter == null) {
      throw TemplateException.unsupported("no filter named '" + name + "'");
    }
    return filter.apply(input, arguments, budget);
  }
}
