package dev.vlm4j.zoo.template;

import java.util.AbstractList;
import java.util.List;

/** Python's {@code range}. The length is checked against the limits when it is made. */
record RangeValue(long start, long stop, long step) implements Value {
  /** The number of elements, or Long.MAX_VALUE when it does not fit 64 bits. */
  long length() {
    if (step > 0 ? start >= stop : start <= stop) {
      return 0;
    }
    try {
      long span = step > 0 ? Math.subtractExact(stop, start) : Math.subtractExact(start, stop);
      return (span - 1) / Math.abs(step) + 1;
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  List<Value> elements() {
    return new AbstractList<>() {
      @Override
      public Value get(int index) {
        return new IntValue(start + index * step);
      }

      @Override
      public int size() {
        return (int) length();
      }
    };
  }
}
