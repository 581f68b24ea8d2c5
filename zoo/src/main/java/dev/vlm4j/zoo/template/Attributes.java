package dev.vlm4j.zoo.template;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Attribute and item access in the order of Jinja's sandbox. */
final class Attributes {
  private static final Set<String> DICT_MUTATORS =
      Set.of("clear", "pop", "popitem", "setdefault", "update");
  private static final Set<String> LIST_MUTATORS =
      Set.of("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove");
  private static final Set<String> INT_REFUSED =
      Set.of(
          "as_integer_ratio",
          "bit_count",
          "bit_length",
          "conjugate",
          "denominator",
          "from_bytes",
          "imag",
          "is_integer",
          "numerator",
          "real",
          "to_bytes");
  private static final Set<String> FLOAT_REFUSED =
      Set.of("as_integer_ratio", "conjugate", "fromhex", "hex", "imag", "is_integer", "real");
  private static final Set<String> OTHER_REFUSED =
      Set.of(
          "arguments",
          "catch_kwargs",
          "catch_varargs",
          "caller",
          "close",
          "count",
          "explicit_caller",
          "fromkeys",
          "gi_code",
          "gi_frame",
          "gi_running",
          "gi_suspended",
          "gi_yieldfrom",
          "index",
          "isdisjoint",
          "mapping",
          "mro",
          "name",
          "send",
          "start",
          "step",
          "stop",
          "throw");

  private Attributes() {}

  /** {@code object.name}: a method or property first, then an item. */
  static Value attribute(Value object, String name) {
    Value member = member(object, name);
    if (member != null) {
      return member;
    }
    Value item = object instanceof DictValue dict ? dict.get(name) : null;
    return item == null ? Undefined.attribute(object, name) : item;
  }

  /** {@code object[key]}: an item first, then, for strings, a method or property. */
  static Value item(Value object, Value key) {
    if (object instanceof Undefined undefined) {
      throw undefined.failure();
    }
    Value item = plainItem(object, key);
    if (item != null) {
      return item;
    }
    Value member = key instanceof Str name ? member(object, name.text()) : null;
    return member == null ? new Undefined(missing(object, key)) : member;
  }

  private static String missing(Value object, Value key) {
    String shown = key instanceof Str text ? "'" + text + "'" : "that " + Types.name(key);
    return "a value of type " + Types.name(object) + " has no item " + shown;
  }

  private static @Nullable Value plainItem(Value object, Value key) {
    if (object instanceof DictValue dict) {
      return Keys.isHashable(key) ? dict.get(key) : null;
    }
    if (!Numbers.isInteger(key)) {
      return null;
    }
    long index = Numbers.integer(key);
    if (object instanceof ListValue list) {
      return at(list.items(), index);
    }
    if (object instanceof RangeValue range) {
      return at(range.elements(), index);
    }
    return object instanceof Str text ? character(text, index) : null;
  }

  private static @Nullable Value at(List<Value> items, long index) {
    long fromStart = index < 0 ? index + items.size() : index;
    return fromStart < 0 || fromStart >= items.size() ? null : items.get((int) fromStart);
  }

  private static @Nullable Value character(Str text, long index) {
    int length = text.length();
    long fromStart = index < 0 ? index + length : index;
    return fromStart < 0 || fromStart >= length ? null : text.at((int) fromStart);
  }

  private static @Nullable Value member(Value object, String name) {
    if (object instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (name.startsWith("__") && name.endsWith("__")) {
      throw TemplateException.unsupported("the attribute '" + name + "'");
    }
    if (object instanceof Str text) {
      return StringMethods.find(text, name);
    }
    if (object instanceof DictValue dict) {
      return dictMember(dict, name);
    }
    if (object instanceof ListValue list) {
      return listMember(list, name);
    }
    if (object instanceof Namespace namespace) {
      return namespace.get(name);
    }
    return object instanceof Loop loop ? loop.attribute(name) : refused(object, name);
  }

  private static @Nullable Value dictMember(DictValue dict, String name) {
    if (DICT_MUTATORS.contains(name)) {
      return Undefined.unsafe(dict, name);
    }
    if (name.equals("fromkeys")) {
      throw TemplateException.unsupported("the dictionary method 'fromkeys'");
    }
    return CollectionMethods.ofDict(dict, name);
  }

  private static @Nullable Value listMember(ListValue list, String name) {
    if (!list.tuple() && LIST_MUTATORS.contains(name)) {
      return Undefined.unsafe(list, name);
    }
    return CollectionMethods.ofList(list, name);
  }

  private static @Nullable Value refused(Value object, String name) {
    Set<String> refused =
        Numbers.isInteger(object)
            ? INT_REFUSED
            : object instanceof FloatValue ? FLOAT_REFUSED : OTHER_REFUSED;
    if (!(object instanceof NoneValue) && refused.contains(name)) {
      throw TemplateException.unsupported(
          "the attribute '" + name + "' of a " + Types.name(object));
    }
    return null;
  }
}
