package dev.vlm4j.zoo.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Python's stable sort. */
final class Sorting {
  private Sorting() {}

  static <T> void sort(List<T> items, Function<T, Value> key, boolean reverse, Budget budget) {
    List<Keyed<T>> keyed = items.stream().map(item -> new Keyed<>(item, key.apply(item))).toList();
    List<Keyed<T>> sorted = new ArrayList<>(keyed);
    // Python keeps equal items in their order when reversing: reverse, sort, reverse.
    if (reverse) {
      Collections.reverse(sorted);
    }
    sorted.sort((a, b) -> compare(a.key(), b.key(), budget));
    if (reverse) {
      Collections.reverse(sorted);
    }
    for (int i = 0; i < sorted.size(); i++) {
      items.set(i, sorted.get(i).item());
    }
  }

  private record Keyed<T>(T item, Value key) {}

  private static int compare(Value a, Value b, Budget budget) {
    budget.steps(1);
    if (Numbers.isNan(a) || Numbers.isNan(b)) {
      throw TemplateException.unsupported("sorting NaN");
    }
    if (Comparisons.less(a, b, budget)) {
      return -1;
    }
    return Comparisons.less(b, a, budget) ? 1 : 0;
  }
}
