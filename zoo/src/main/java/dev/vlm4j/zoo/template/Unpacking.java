package dev.vlm4j.zoo.template;

import java.util.List;

/** Takes a value apart into an exact number of elements. */
final class Unpacking {
  private Unpacking() {}

  static Value[] exactly(Value value, int count, Budget budget) {
    List<Value> items = Types.toList(value, budget);
    if (items.size() != count) {
      throw TemplateException.evaluation(
          "expected " + count + " values to unpack, found " + items.size());
    }
    return items.toArray(new Value[0]);
  }
}
