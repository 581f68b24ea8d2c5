package dev.vlm4j.zoo.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies the caller's plain Java data into template values. */
final class ContextReader {
  private final Budget budget;

  private ContextReader(Budget budget) {
    this.budget = budget;
  }

  static Map<String, Value> read(Map<String, ?> context, Budget budget) {
    ContextReader reader = new ContextReader(budget);
    Map<String, Value> values = new HashMap<>();
    context.forEach((name, value) -> values.put(name, reader.value(value)));
    return values;
  }

  private Value value(@Nullable Object object) {
    if (object == null) {
      return NoneValue.NONE;
    }
    if (object instanceof String text) {
      return Str.of(text);
    }
    if (object instanceof UserText text) {
      return Str.user(text.text());
    }
    if (object instanceof Boolean bool) {
      return BoolValue.of(bool);
    }
    if (object instanceof Number number) {
      return number(number);
    }
    return collection(object);
  }

  private static Value number(Number number) {
    if (number instanceof Long || number instanceof Integer) {
      return new IntValue(number.longValue());
    }
    if (number instanceof Double) {
      return new FloatValue(number.doubleValue());
    }
    throw refused(number);
  }

  private Value collection(Object object) {
    budget.enter();
    try {
      if (object instanceof List<?> list) {
        List<Value> items = new ArrayList<>();
        list.forEach(item -> items.add(value(item)));
        return ListValue.list(items);
      }
      if (object instanceof Map<?, ?> map) {
        DictValue dict = new DictValue();
        map.forEach((key, item) -> dict.put(value(key), value(item)));
        return dict;
      }
      throw refused(object);
    } finally {
      budget.leave();
    }
  }

  private static IllegalArgumentException refused(Object object) {
    return new IllegalArgumentException(
        "a template context holds maps, lists, strings, user texts, booleans, integers, longs,"
            + " doubles and nulls, not "
            + object.getClass().getName());
  }
}
