package dev.vlm4j.zoo.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Truth, length, iteration and type names, as Python defines them. */
final class Types {
  private Types() {}

  static String name(Value value) {
    if (value instanceof ListValue list) {
      return list.tuple() ? "tuple" : "list";
    }
    if (value instanceof DictView view) {
      return view.kind().typeName();
    }
    return value instanceof NoneValue ? "NoneType" : plainName(value);
  }

  private static String plainName(Value value) {
    if (value instanceof BoolValue) {
      return "bool";
    }
    if (value instanceof IntValue) {
      return "int";
    }
    return switch (value.getClass().getSimpleName()) {
      case "Str" -> "str";
      case "FloatValue" -> "float";
      case "DictValue" -> "dict";
      case "RangeValue" -> "range";
      case "Stream" -> "generator";
      default -> value.getClass().getSimpleName();
    };
  }

  static boolean truth(Value value) {
    if (value instanceof BoolValue bool) {
      return bool.isTrue();
    }
    if (value instanceof NoneValue || value instanceof Undefined) {
      return false;
    }
    if (value instanceof IntValue number) {
      return number.value() != 0;
    }
    if (value instanceof FloatValue number) {
      return number.value() != 0;
    }
    return !hasLength(value) || length(value) > 0;
  }

  static boolean hasLength(Value value) {
    return value instanceof Str
        || value instanceof ListValue
        || value instanceof DictValue
        || value instanceof DictView
        || value instanceof RangeValue
        || value instanceof Undefined
        || value instanceof Loop;
  }

  static long length(Value value) {
    if (value instanceof Str text) {
      return text.length();
    }
    if (value instanceof ListValue list) {
      return list.items().size();
    }
    if (value instanceof DictValue dict) {
      return dict.size();
    }
    if (value instanceof DictView view) {
      return view.dict().size();
    }
    if (value instanceof RangeValue range) {
      return range.length();
    }
    return otherLength(value);
  }

  private static long otherLength(Value value) {
    if (value instanceof Loop loop) {
      return loop.length();
    }
    if (value instanceof Undefined) {
      return 0;
    }
    throw TemplateException.evaluation("a " + name(value) + " has no length");
  }

  static boolean isIterable(Value value) {
    return hasLength(value) || value instanceof Stream;
  }

  static Iterator<Value> iterate(Value value) {
    if (value instanceof ListValue list) {
      return list.items().iterator();
    }
    if (value instanceof Str text) {
      return characters(text);
    }
    if (value instanceof DictValue dict) {
      return dict.keys().iterator();
    }
    if (value instanceof DictView view) {
      return view.elements().iterator();
    }
    if (value instanceof RangeValue range) {
      return range.elements().iterator();
    }
    return iterateOther(value);
  }

  private static Iterator<Value> iterateOther(Value value) {
    if (value instanceof Stream stream) {
      return stream.items();
    }
    if (value instanceof Undefined) {
      return List.<Value>of().iterator();
    }
    if (value instanceof Loop) {
      throw TemplateException.unsupported("walking over 'loop' itself");
    }
    throw TemplateException.evaluation("a " + name(value) + " is not iterable");
  }

  /** One character after the other, as all of a long text together would fill the memory. */
  private static Iterator<Value> characters(Str text) {
    return new Iterator<>() {
      private int at;

      @Override
      public boolean hasNext() {
        return at < text.units();
      }

      @Override
      public Value next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int start = at;
        at += Character.charCount(text.text().codePointAt(start));
        return text.units(start, at);
      }
    };
  }

  /** All elements; each costs a step. */
  static List<Value> toList(Value value, Budget budget) {
    if (hasLength(value)) {
      budget.steps(length(value));
    }
    List<Value> result = new ArrayList<>();
    Iterator<Value> items = iterate(value);
    while (items.hasNext()) {
      budget.steps(1);
      result.add(items.next());
    }
    return result;
  }
}
