package dev.vlm4j.zoo.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Python's slices and indexes. */
final class Slicing {
  /** What finding every character costs, in characters, beside the text that is made of them. */
  private static final int COST_OF_STEPS = 3;

  private Slicing() {}

  /** A bound counted from the end when negative, kept between 0 and length. */
  static int clamp(long bound, int length) {
    long fromStart = bound < 0 ? bound + length : bound;
    return (int) Math.max(0, Math.min(fromStart, length));
  }

  static Value slice(
      Value object,
      @Nullable Value start,
      @Nullable Value stop,
      @Nullable Value step,
      Budget budget) {
    Slice slice = new Slice(bound(start), bound(stop), bound(step));
    if (object instanceof Str text) {
      return slice.of(text, budget);
    }
    if (object instanceof ListValue list) {
      return new ListValue(slice.of(list.items(), budget), list.tuple());
    }
    if (object instanceof RangeValue) {
      throw TemplateException.unsupported("slices of a range");
    }
    if (object instanceof Undefined undefined) {
      throw undefined.failure();
    }
    throw TemplateException.evaluation("a " + Types.name(object) + " cannot be sliced");
  }

  private static @Nullable Long bound(@Nullable Value value) {
    return value == null || value instanceof NoneValue ? null : (Long) Numbers.index(value);
  }

  private record Slice(@Nullable Long start, @Nullable Long stop, @Nullable Long step) {
    Slice {
      if (step != null && step == 0) {
        throw TemplateException.evaluation("the step of a slice cannot be zero");
      }
    }

    private void forEach(int length, IntConsumer consumer) {
      long stride =
          step == null ? 1 : Math.max(-Integer.MAX_VALUE, Math.min(step, Integer.MAX_VALUE));
      long low = stride > 0 ? 0 : -1;
      long high = stride > 0 ? length : length - 1;
      long from = resolve(start, stride > 0 ? low : high, low, high, length);
      long to = resolve(stop, stride > 0 ? high : low, low, high, length);
      for (long i = from; stride > 0 ? i < to : i > to; i += stride) {
        consumer.accept((int) i);
      }
    }

    private static long resolve(
        @Nullable Long bound, long absent, long low, long high, int length) {
      if (bound == null) {
        return absent;
      }
      long fromStart = bound < 0 ? bound + length : bound;
      return Math.max(low, Math.min(fromStart, high));
    }

    List<Value> of(List<Value> items, Budget budget) {
      List<Value> result = new ArrayList<>();
      forEach(
          items.size(),
          index -> {
            budget.steps(1);
            result.add(items.get(index));
          });
      return result;
    }

    Str of(Str text, Budget budget) {
      int length = text.length();
      if (step == null || step == 1) {
        int from = start == null ? 0 : clamp(start, length);
        int to = stop == null ? length : clamp(stop, length);
        budget.chars(text.units(), 0);
        return text.units(text.unitOf(from), text.unitOf(Math.max(from, to)));
      }
      budget.chars((long) text.units() * COST_OF_STEPS, 0);
      StrBuilder out = new StrBuilder(budget);
      int[] starts = text.starts();
      forEach(length, index -> out.append(text, starts[index], starts[index + 1]));
      return text.markup() ? out.build().asMarkup() : out.build();
    }
  }
}
