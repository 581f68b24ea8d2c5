package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.CallArguments.Bound;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The methods of dictionaries, lists and tuples that change nothing. */
final class CollectionMethods {
  private CollectionMethods() {}

  static @Nullable Function ofDict(DictValue dict, String name) {
    return switch (name) {
      case "keys" -> view(dict, name, DictView.Kind.KEYS);
      case "values" -> view(dict, name, DictView.Kind.VALUES);
      case "items" -> view(dict, name, DictView.Kind.ITEMS);
      case "get" -> Function.of(name, (arguments, budget) -> get(dict, arguments, budget));
      case "copy" -> Function.of(name, (arguments, budget) -> copy(dict, arguments));
      default -> null;
    };
  }

  private static Function view(DictValue dict, String name, DictView.Kind kind) {
    return Function.of(
        name,
        (arguments, budget) -> {
          arguments.positional(name, 0, 0);
          return new DictView(dict, kind);
        });
  }

  private static Value get(DictValue dict, CallArguments arguments, Budget budget) {
    Bound bound = arguments.positional("get", 1, 2);
    Value found = dict.get(Keys.paid(bound.value(0), budget));
    return found == null ? bound.or(1, NoneValue.NONE) : found;
  }

  private static Value copy(DictValue dict, CallArguments arguments) {
    arguments.positional("copy", 0, 0);
    return dict.copy();
  }

  static @Nullable Function ofList(ListValue list, String name) {
    return switch (name) {
      case "count" -> Function.of(name, (arguments, budget) -> count(list, arguments, budget));
      case "index" -> Function.of(name, (arguments, budget) -> index(list, arguments, budget));
      case "copy" -> list.tuple() ? null : Function.of(name, (arguments, budget) -> list);
      default -> null;
    };
  }

  private static Value count(ListValue list, CallArguments arguments, Budget budget) {
    Value wanted = arguments.positional("count", 1, 1).value(0);
    budget.steps(list.items().size());
    return new IntValue(
        list.items().stream().filter(item -> Comparisons.equal(item, wanted, budget)).count());
  }

  private static Value index(ListValue list, CallArguments arguments, Budget budget) {
    Bound bound = arguments.positional("index", 1, 3);
    List<Value> items = list.items();
    int start = Slicing.clamp(bound.integer(1, 0), items.size());
    int end = Slicing.clamp(bound.integer(2, items.size()), items.size());
    for (int i = start; i < end; i++) {
      budget.steps(1);
      if (Comparisons.equal(items.get(i), bound.value(0), budget)) {
        return new IntValue(i);
      }
    }
    throw TemplateException.evaluation("the value is not in the list");
  }
}
