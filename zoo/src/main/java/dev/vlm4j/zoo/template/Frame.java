package dev.vlm4j.zoo.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of one scope while it runs. */
final class Frame {
  private final @Nullable Frame parent;

  /** A name without a value is known here and hides outer ones. */
  private final Map<String, @Nullable Value> values = new HashMap<>();

  Frame(@Nullable Frame parent) {
    this.parent = parent;
  }

  void set(String name, @Nullable Value value) {
    values.put(name, value);
  }

  @Nullable Value get(String name) {
    for (Frame frame = this; frame != null; frame = frame.parent) {
      if (frame.values.containsKey(name)) {
        return frame.values.get(name);
      }
    }
    return null;
  }
}
