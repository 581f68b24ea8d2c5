package dev.vlm4j.zoo.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dotted path such as {@code function.name} or {@code 0.text} that filters look up. */
record AttributePath(List<Value> keys, @Nullable Value fallback) {
  /** Each part of a path is looked up in every item. */
  private static final int MAX_UNITS = 1000;

  static AttributePath of(Value attribute) {
    return new AttributePath(keysOf(attribute), null);
  }

  private static List<Value> keysOf(Value attribute) {
    if (attribute instanceof NoneValue) {
      return List.of();
    }
    if (!(attribute instanceof Str path)) {
      return List.of(attribute);
    }
    if (path.units() > MAX_UNITS) {
      throw TemplateException.of(
          TemplateException.Code.LIMIT,
          "an attribute path of more than " + MAX_UNITS + " characters");
    }
    List<Value> keys = new ArrayList<>();
    for (String part : path.text().split("\\.", -1)) {
      boolean index = part.matches("[0-9]{1,9}");
      keys.add(index ? new IntValue(Long.parseLong(part)) : Str.of(part));
    }
    return keys;
  }

  AttributePath orElse(Value other) {
    return new AttributePath(keys, other instanceof NoneValue ? null : other);
  }

  Value get(Value item) {
    Value result = item;
    for (Value key : keys) {
      result = Attributes.item(result, key);
      if (fallback != null && result instanceof Undefined) {
        result = fallback;
      }
    }
    return result;
  }

  Iterator<Value> over(Iterator<Value> items) {
    return Streams.map(items, this::get);
  }
}
