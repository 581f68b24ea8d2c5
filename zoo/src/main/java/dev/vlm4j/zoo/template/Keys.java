package dev.vlm4j.zoo.template;

import java.util.List;

/** Turns values into objects that are equal when Python finds the values equal as dict keys. */
final class Keys {
  private static final int MAX_PARTS = 10_000;

  private int parts;

  private Keys() {}

  static Object of(Value value) {
    return new Keys().key(value);
  }

  /**
   * Pays for looking a key up, or for putting it in: all texts in it are hashed, and compared with
   * those of an equal key.
   */
  static Value paid(Value key, Budget budget) {
    new Keys().pay(key, budget);
    return key;
  }

  private void pay(Value key, Budget budget) {
    if (key instanceof Str text) {
      budget.chars(text.units(), 0);
    } else if (key instanceof ListValue list && list.tuple()) {
      list.items().forEach(item -> pay(counted(item), budget));
    }
  }

  /** Whether Python can hash the value. */
  static boolean isHashable(Value value) {
    return new Keys().hashable(value);
  }

  private boolean hashable(Value value) {
    if (value instanceof ListValue list) {
      return list.tuple() && list.items().stream().allMatch(item -> hashable(counted(item)));
    }
    return !(value instanceof DictValue || value instanceof DictView);
  }

  /** Tuples that share their parts grow beyond all bounds when they are taken apart. */
  private Value counted(Value part) {
    parts++;
    if (parts > MAX_PARTS) {
      throw TemplateException.of(
          TemplateException.Code.LIMIT, "a key of more than " + MAX_PARTS + " parts");
    }
    return part;
  }

  private Object key(Value value) {
    if (value instanceof Str text) {
      return text.text();
    }
    if (value instanceof BoolValue bool) {
      return bool.isTrue() ? 1L : 0L;
    }
    if (value instanceof IntValue number) {
      return number.value();
    }
    if (value instanceof FloatValue number) {
      return ofFloat(number.value());
    }
    if (value instanceof ListValue list && list.tuple()) {
      return list.items().stream().map(item -> key(counted(item))).toList();
    }
    return ofOther(value);
  }

  private static Object ofFloat(double number) {
    boolean integral = number == Math.rint(number) && Math.abs(number) < 0x1p63;
    return integral ? (Object) (long) number : (Object) number;
  }

  private static Object ofOther(Value value) {
    if (value instanceof ListValue || value instanceof DictValue || value instanceof DictView) {
      throw TemplateException.evaluation("a " + Types.name(value) + " is unhashable");
    }
    return value instanceof Undefined ? List.of(Undefined.class) : value;
  }
}
