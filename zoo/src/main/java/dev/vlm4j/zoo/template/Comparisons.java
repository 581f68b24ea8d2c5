package dev.vlm4j.zoo.template;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;

/** Python's equality, order and membership; every pair of elements costs steps. */
final class Comparisons {
  private static final int STEPS_OF_A_LOOKUP = 4;

  private Comparisons() {}

  static boolean equal(Value a, Value b, Budget budget) {
    if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
      return numbersEqual(a, b);
    }
    if (a instanceof Str left && b instanceof Str right) {
      return textsEqual(left, right, budget);
    }
    if (a instanceof ListValue left && b instanceof ListValue right) {
      return left.tuple() == right.tuple() && listsEqual(left.items(), right.items(), budget);
    }
    if (a instanceof DictValue left && b instanceof DictValue right) {
      return dictsEqual(left, right, budget);
    }
    return otherEqual(a, b, budget);
  }

  private static boolean textsEqual(Str a, Str b, Budget budget) {
    if (a.units() != b.units()) {
      return false;
    }
    budget.chars(a.units(), 0);
    return a.text().equals(b.text());
  }

  private static boolean otherEqual(Value a, Value b, Budget budget) {
    if (a instanceof Undefined && b instanceof Undefined) {
      return true;
    }
    if (a instanceof RangeValue left && b instanceof RangeValue right) {
      return listsEqual(left.elements(), right.elements(), budget);
    }
    if (a instanceof DictView && b instanceof DictView) {
      throw TemplateException.unsupported("comparing dictionary views");
    }
    if (a instanceof Function && b instanceof Function && a != b) {
      throw TemplateException.unsupported("comparing functions");
    }
    return a == b;
  }

  private static boolean numbersEqual(Value a, Value b) {
    if (Numbers.isNan(a) || Numbers.isNan(b)) {
      return false;
    }
    return compareNumbers(a, b) == 0;
  }

  private static boolean listsEqual(List<Value> a, List<Value> b, Budget budget) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      budget.steps(1);
      if (a.get(i) != b.get(i) && !equal(a.get(i), b.get(i), budget)) {
        return false;
      }
    }
    return true;
  }

  private static boolean dictsEqual(DictValue a, DictValue b, Budget budget) {
    if (a.size() != b.size()) {
      return false;
    }
    for (DictValue.Entry entry : a.entries()) {
      budget.steps(STEPS_OF_A_LOOKUP);
      Value other = b.get(Keys.paid(entry.key(), budget));
      if (other == null || (entry.value() != other && !equal(entry.value(), other, budget))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a is before b; only numbers, strings, lists and tuples have an order. */
  static boolean less(Value a, Value b, Budget budget) {
    if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
      return !Numbers.isNan(a) && !Numbers.isNan(b) && compareNumbers(a, b) < 0;
    }
    if (a instanceof Str left && b instanceof Str right) {
      budget.chars(Math.min(left.units(), right.units()), 0);
      return compareText(left.text(), right.text()) < 0;
    }
    if (a instanceof ListValue left
        && b instanceof ListValue right
        && left.tuple() == right.tuple()) {
      return listLess(left.items(), right.items(), budget);
    }
    throw unordered(a, b);
  }

  static boolean lessOrEqual(Value a, Value b, Budget budget) {
    if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
      return !Numbers.isNan(a) && !Numbers.isNan(b) && compareNumbers(a, b) <= 0;
    }
    return !less(b, a, budget);
  }

  private static TemplateException unordered(Value a, Value b) {
    if (a instanceof Undefined undefined) {
      return undefined.failure();
    }
    if (b instanceof Undefined undefined) {
      return undefined.failure();
    }
    return TemplateException.evaluation(
        "a " + Types.name(a) + " and a " + Types.name(b) + " have no order");
  }

  private static boolean listLess(List<Value> a, List<Value> b, Budget budget) {
    int shorter = Math.min(a.size(), b.size());
    for (int i = 0; i < shorter; i++) {
      budget.steps(1);
      if (a.get(i) != b.get(i) && !equal(a.get(i), b.get(i), budget)) {
        return less(a.get(i), b.get(i), budget);
      }
    }
    return a.size() < b.size();
  }

  private static int compareNumbers(Value a, Value b) {
    if (!(a instanceof FloatValue) && !(b instanceof FloatValue)) {
      return Long.compare(Numbers.integer(a), Numbers.integer(b));
    }
    double left = Numbers.asDouble(a);
    double right = Numbers.asDouble(b);
    boolean inexact = left == right && !(a instanceof FloatValue && b instanceof FloatValue);
    if (inexact && !Double.isInfinite(left)) {
      return exact(a).compareTo(exact(b));
    }
    return left < right ? -1 : left > right ? 1 : 0;
  }

  private static BigDecimal exact(Value number) {
    return number instanceof FloatValue f
        ? new BigDecimal(f.value())
        : BigDecimal.valueOf(Numbers.integer(number));
  }

  /** By code points, which differs from Java's order beyond the basic plane. */
  static int compareText(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) {
        boolean mixed = Character.isSurrogate(left) != Character.isSurrogate(right);
        return mixed ? (Character.isSurrogate(left) ? 1 : -1) : Character.compare(left, right);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  static boolean contains(Value container, Value item, Budget budget) {
    if (container instanceof Str text) {
      budget.chars(text.units(), 0);
      return textContains(text, item);
    }
    if (container instanceof DictValue dict) {
      return dict.get(Keys.paid(item, budget)) != null;
    }
    if (container instanceof DictView view && view.kind() == DictView.Kind.KEYS) {
      return view.dict().get(Keys.paid(item, budget)) != null;
    }
    Iterator<Value> items = Types.iterate(container);
    while (items.hasNext()) {
      budget.steps(1);
      Value candidate = items.next();
      if (candidate == item || equal(candidate, item, budget)) {
        return true;
      }
    }
    return false;
  }

  private static boolean textContains(Str text, Value item) {
    if (item instanceof Str part) {
      return text.text().contains(part.text());
    }
    throw TemplateException.evaluation("'in <string>' needs a string, not " + Types.name(item));
  }
}
