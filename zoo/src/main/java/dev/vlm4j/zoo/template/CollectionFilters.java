package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.CallArguments.Bound;
import dev.vlm4j.zoo.template.Filters.Filter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Filters over lists and dictionaries. */
final class CollectionFilters {
  private CollectionFilters() {}

  static Map<String, Filter> all() {
    return Map.ofEntries(
        Map.entry("length", CollectionFilters::length),
        Map.entry("count", CollectionFilters::length),
        Map.entry("default", CollectionFilters::orDefault),
        Map.entry("d", CollectionFilters::orDefault),
        Map.entry("first", CollectionFilters::first),
        Map.entry("last", CollectionFilters::last),
        Map.entry("list", CollectionFilters::list),
        Map.entry("items", CollectionFilters::items),
        Map.entry("reverse", CollectionFilters::reverse),
        Map.entry("sort", CollectionFilters::sort),
        Map.entry("dictsort", CollectionFilters::dictSort),
        Map.entry("unique", CollectionFilters::unique),
        Map.entry("min", (in, args, budget) -> extreme(in, args, false, budget)),
        Map.entry("max", (in, args, budget) -> extreme(in, args, true, budget)),
        Map.entry("batch", CollectionFilters::batch),
        Map.entry("slice", CollectionFilters::slice));
  }

  private static Value length(Value input, CallArguments arguments, Budget budget) {
    arguments.bind("length", 0);
    return new IntValue(Types.length(input));
  }

  private static Value orDefault(Value input, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("default", 0, "default_value", "boolean");
    boolean replace = input instanceof Undefined || (bound.truth(1, false) && !Types.truth(input));
    return replace ? bound.or(0, Str.EMPTY) : input;
  }

  private static Value first(Value input, CallArguments arguments, Budget budget) {
    arguments.bind("first", 0);
    Iterator<Value> items = Types.iterate(input);
    return items.hasNext() ? items.next() : new Undefined("no first item, the sequence was empty");
  }

  private static Value last(Value input, CallArguments arguments, Budget budget) {
    arguments.bind("last", 0);
    List<Value> items = reversible(input, budget);
    return items.isEmpty()
        ? new Undefined("no last item, the sequence was empty")
        : items.get(items.size() - 1);
  }

  private static List<Value> reversible(Value input, Budget budget) {
    if (input instanceof Stream || input instanceof Loop) {
      throw TemplateException.evaluation("a " + Types.name(input) + " cannot be reversed");
    }
    return Types.toList(input, budget);
  }

  private static Value list(Value input, CallArguments arguments, Budget budget) {
    arguments.bind("list", 0);
    return ListValue.list(Types.toList(input, budget));
  }

  private static Value items(Value input, CallArguments arguments, Budget budget) {
    arguments.bind("items", 0);
    if (input instanceof DictValue dict) {
      return new Stream(dict.items().iterator());
    }
    if (input instanceof Undefined) {
      return new Stream(Collections.emptyIterator());
    }
    throw TemplateException.evaluation("'items' needs a mapping, not a " + Types.name(input));
  }

  private static Value reverse(Value input, CallArguments arguments, Budget budget) {
    arguments.bind("reverse", 0);
    if (input instanceof Str text) {
      return Slicing.slice(text, null, null, new IntValue(-1), budget);
    }
    List<Value> items = Types.toList(input, budget);
    Collections.reverse(items);
    return input instanceof Stream ? ListValue.list(items) : new Stream(items.iterator());
  }

  private static Value fold(Value key, boolean caseSensitive, Budget budget) {
    return key instanceof Str text && !caseSensitive ? StringCases.lower(text, budget) : key;
  }

  private static Value sort(Value input, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("sort", 0, "reverse", "case_sensitive", "attribute");
    boolean caseSensitive = bound.truth(1, false);
    List<AttributePath> paths = paths(bound.or(2, NoneValue.NONE));
    Function<Value, Value> key =
        item ->
            ListValue.list(
                paths.stream().map(path -> fold(path.get(item), caseSensitive, budget)).toList());
    List<Value> items = Types.toList(input, budget);
    Sorting.sort(items, key, bound.flag(0), budget);
    return ListValue.list(items);
  }

  private static List<AttributePath> paths(Value attribute) {
    if (!(attribute instanceof Str names)) {
      return List.of(AttributePath.of(attribute));
    }
    List<AttributePath> paths = new ArrayList<>();
    for (String name : names.text().split(",", -1)) {
      paths.add(AttributePath.of(Str.of(name)));
    }
    return paths;
  }

  private static Value dictSort(Value input, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("dictsort", 0, "case_sensitive", "by", "reverse");
    if (!(input instanceof DictValue dict)) {
      throw TemplateException.evaluation("'dictsort' needs a dict, not a " + Types.name(input));
    }
    String by = bound.has(1) ? bound.string(1).text() : "key";
    if (!by.equals("key") && !by.equals("value")) {
      throw TemplateException.evaluation("'dictsort' sorts by key or value only");
    }
    boolean caseSensitive = bound.truth(0, false);
    int position = by.equals("key") ? 0 : 1;
    List<Value> items = new ArrayList<>(dict.items());
    Function<Value, Value> key =
        item -> fold(((ListValue) item).items().get(position), caseSensitive, budget);
    Sorting.sort(items, key, bound.flag(2), budget);
    return ListValue.list(items);
  }

  private static Value unique(Value input, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("unique", 0, "case_sensitive", "attribute");
    AttributePath path = AttributePath.of(bound.or(1, NoneValue.NONE));
    boolean caseSensitive = bound.truth(0, false);
    Set<Object> seen = new HashSet<>();
    return new Stream(
        Streams.filter(
            Types.iterate(input),
            item -> {
              budget.steps(1);
              Value key = fold(path.get(item), caseSensitive, budget);
              return seen.add(Keys.of(Keys.paid(key, budget)));
            }));
  }

  private static Value extreme(Value input, CallArguments arguments, boolean max, Budget budget) {
    Bound bound = arguments.bind("min or max", 0, "case_sensitive", "attribute");
    AttributePath path = AttributePath.of(bound.or(1, NoneValue.NONE));
    boolean caseSensitive = bound.truth(0, false);
    List<Value> items = Types.toList(input, budget);
    if (items.isEmpty()) {
      return new Undefined("no aggregated item, the sequence was empty");
    }
    Value best = items.get(0);
    Value bestKey = fold(path.get(best), caseSensitive, budget);
    for (Value item : items.subList(1, items.size())) {
      Value key = fold(path.get(item), caseSensitive, budget);
      if (max ? Comparisons.less(bestKey, key, budget) : Comparisons.less(key, bestKey, budget)) {
        best = item;
        bestKey = key;
      }
    }
    return best;
  }

  private static Value batch(Value input, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("batch", 1, "linecount", "fill_with");
    // Python compares the size for equality only, so none and negative ones make a single batch.
    long size = bound.given(0) ? bound.integer(0) : -1;
    List<Value> batches = new ArrayList<>();
    List<Value> current = new ArrayList<>();
    for (Value item : Types.toList(input, budget)) {
      if (current.size() == size) {
        batches.add(ListValue.list(current));
        current = new ArrayList<>();
      }
      current.add(item);
    }
    if (!current.isEmpty()) {
      if (bound.given(1)) {
        bound.integer(0);
      }
      batches.add(ListValue.list(filled(current, size, bound, budget)));
    }
    return new Stream(batches.iterator());
  }

  private static List<Value> filled(List<Value> items, long size, Bound bound, Budget budget) {
    while (bound.given(1) && items.size() < size) {
      budget.steps(1);
      items.add(bound.value(1));
    }
    return items;
  }

  private static Value slice(Value input, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("slice", 1, "slices", "fill_with");
    List<Value> items = Types.toList(input, budget);
    long count = bound.integer(0);
    if (count == 0) {
      throw TemplateException.evaluation("zero slices");
    }
    List<Value> slices = new ArrayList<>();
    int start = 0;
    for (long i = 0; i < count; i++) {
      budget.steps(1);
      boolean extra = i < items.size() % count;
      int end = start + (int) (items.size() / count) + (extra ? 1 : 0);
      List<Value> slice = new ArrayList<>(items.subList(start, end));
      if (bound.given(1) && !extra) {
        slice.add(bound.value(1));
      }
      slices.add(ListValue.list(slice));
      start = end;
    }
    return new Stream(slices.iterator());
  }
}
