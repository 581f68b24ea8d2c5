package dev.vlm4j.zoo.template;

import java.util.List;

/**
 * Python's {@code list} or {@code tuple}; never changed once made.
 *
 * @param tuple whether it prints, compares and hashes as a tuple
 */
record ListValue(List<Value> items, boolean tuple) implements Value {
  static ListValue list(List<Value> items) {
    return new ListValue(items, false);
  }

  static ListValue tuple(List<Value> items) {
    return new ListValue(items, true);
  }

  static ListValue tuple(Value... items) {
    return new ListValue(List.of(items), true);
  }
}
