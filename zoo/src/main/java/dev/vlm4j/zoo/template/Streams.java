package dev.vlm4j.zoo.template;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lazy iterators, so that an element nobody asks for cannot fail. */
final class Streams {
  private Streams() {}

  static Iterator<Value> map(Iterator<Value> items, Function<Value, Value> mapper) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return items.hasNext();
      }

      @Override
      public Value next() {
        return mapper.apply(items.next());
      }
    };
  }

  static Iterator<Value> filter(Iterator<Value> items, Predicate<Value> wanted) {
    return new Iterator<>() {
      private @Nullable Value next;

      @Override
      public boolean hasNext() {
        while (next == null && items.hasNext()) {
          Value candidate = items.next();
          next = wanted.test(candidate) ? candidate : null;
        }
        return next != null;
      }

      @Override
      public Value next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        Value result = next;
        next = null;
        return Objects.requireNonNull(result);
      }
    };
  }
}
