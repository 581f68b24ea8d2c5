package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.Filters.Filter;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** {@code map}, {@code select}, {@code reject} and their attribute forms. */
final class SelectionFilters {
  private SelectionFilters() {}

  static Map<String, Filter> all() {
    return Map.of(
        "map", SelectionFilters::map,
        "select", (in, args, budget) -> select(in, args, false, true, budget),
        "reject", (in, args, budget) -> select(in, args, false, false, budget),
        "selectattr", (in, args, budget) -> select(in, args, true, true, budget),
        "rejectattr", (in, args, budget) -> select(in, args, true, false, budget));
  }

  private static Value map(Value input, CallArguments arguments, Budget budget) {
    if (!Types.truth(input)) {
      return new Stream(Collections.emptyIterator());
    }
    Iterator<Value> items = counted(Types.iterate(input), budget);
    if (arguments.positional().isEmpty() && arguments.named().containsKey("attribute")) {
      return new Stream(attributePath(arguments).over(items));
    }
    if (arguments.positional().isEmpty()) {
      throw TemplateException.evaluation("'map' needs a filter or an attribute");
    }
    String name = name(arguments.positional().get(0));
    CallArguments rest = arguments.from(1);
    return new Stream(Streams.map(items, item -> Filters.apply(name, item, rest, budget)));
  }

  private static AttributePath attributePath(CallArguments arguments) {
    CallArguments.Bound bound = arguments.bind("map", 0, "attribute", "default");
    return AttributePath.of(bound.value(0)).orElse(bound.or(1, NoneValue.NONE));
  }

  private static String name(Value value) {
    if (value instanceof Str name) {
      return name.text();
    }
    throw TemplateException.evaluation("a filter or test is named by a string");
  }

  private static Iterator<Value> counted(Iterator<Value> items, Budget budget) {
    return Streams.map(
        items,
        item -> {
          budget.steps(1);
          return item;
        });
  }

  private static Value select(
      Value input, CallArguments arguments, boolean byAttribute, boolean keep, Budget budget) {
    if (!Types.truth(input)) {
      return new Stream(Collections.emptyIterator());
    }
    List<Value> given = arguments.positional();
    if (byAttribute && given.isEmpty()) {
      throw TemplateException.evaluation("the name of an attribute is missing");
    }
    AttributePath path = AttributePath.of(byAttribute ? given.get(0) : NoneValue.NONE);
    Predicate<Value> test = test(arguments, byAttribute ? 1 : 0, budget);
    Iterator<Value> items = counted(Types.iterate(input), budget);
    return new Stream(Streams.filter(items, item -> test.test(path.get(item)) == keep));
  }

  private static Predicate<Value> test(CallArguments arguments, int at, Budget budget) {
    if (arguments.positional().size() <= at) {
      return Types::truth;
    }
    String name = name(arguments.positional().get(at));
    CallArguments rest = arguments.from(at + 1);
    return item -> Tests.apply(name, item, rest, budget);
  }
}
