package dev.vlm4j.zoo.hub;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the data of a Python pickle of protocol 2 to 5 and runs nothing of it: where the file asks
 * for a class or a call, a {@link Thing} stands that only keeps its state. Texts are {@code
 * String}, whole numbers {@code Long}, dictionaries {@link Entries}, what is neither {@link Thing}.
 * For one thread. Source: <a
 * href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">pickletools.py</a>.
 */
final class PickledData {
  /** A dictionary. */
  static final class Entries extends HashMap<Object, Object> {
    private static final long serialVersionUID = 1;
  }

  /** Something that is no plain value, with its attributes. */
  static final class Thing {
    private Entries state = new Entries();

    /** Returns an attribute; null if there is none. */
    @Nullable Object get(String name) {
      return state.get(name);
    }
  }

  /** Lies on the stack where several values begin. */
  private static final Object MARK = new Object();

  /** Nothing, yes and no: the stack holds no null. */
  private static final Object NONE = new Object();

  private final ByteBuffer in;
  private final Deque<Object> stack = new ArrayDeque<>();
  private final Map<Long, Object> memo = new HashMap<>();

  private PickledData(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns the value that a file holds.
   *
   * @throws IllegalArgumentException if it has instructions that data do not need, or none at all
   */
  static Object read(byte[] bytes) {
    try {
      return new PickledData(bytes).run();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("no pickle of plain data: " + e, e);
    }
  }

  private Object run() {
    while (true) {
      int code = in.get() & 0xff;
      if (code == '.') {
        return stack.pop();
      }
      step(code);
    }
  }

  private void step(int code) {
    switch (code) {
      case 0x80 -> in.get(); // protocol
      case 0x95 -> in.getLong(); // frame
      case 'N', 0x88, 0x89 -> stack.push(NONE);
      case 'K' -> stack.push((long) (in.get() & 0xff));
      case 'M' -> stack.push((long) (in.getShort() & 0xffff));
      case 'J' -> stack.push((long) in.getInt());
      case 0x8a -> stack.push(whole(bytes(in.get() & 0xff)));
      case 'G' -> stack.push((long) Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
      case 0x8c -> stack.push(text(in.get() & 0xff));
      case 'X' -> stack.push(text(in.getInt()));
      case 'C' -> skip(in.get() & 0xff);
      case 'B' -> skip(in.getInt());
      case '(' -> stack.push(MARK);
      default -> remember(code);
    }
  }

  private void remember(int code) {
    switch (code) {
      case 0x94 -> memo.put((long) memo.size(), top());
      case 'q' -> memo.put((long) (in.get() & 0xff), top());
      case 'r' -> memo.put((long) in.getInt(), top());
      case 'h' -> stack.push(recalled(in.get() & 0xff));
      case 'j' -> stack.push(recalled(in.getInt()));
      default -> build(code);
    }
  }

  private void build(int code) {
    switch (code) {
      case '}' -> stack.push(new Entries());
      case ']', ')' -> stack.push(new Thing());
      case 's' -> put(pop(2));
      case 'u' -> put(popToMark());
      case 'a' -> stack.pop();
      case 'e' -> popToMark();
      case 't' -> {
        popToMark();
        becomeThing(0);
      }
      case 0x85 -> becomeThing(1);
      // a pair; a class by its two names; a class or function and its arguments
      case 0x86, 0x93, 0x81, 'R' -> becomeThing(2);
      case 0x87 -> becomeThing(3);
      case 'c' -> named();
      case 'b' -> set(stack.pop());
      default -> throw new IllegalArgumentException("instruction " + code);
    }
  }

  private Object top() {
    return stack.element();
  }

  private Object recalled(long place) {
    return Objects.requireNonNull(memo.get(place), "nothing is remembered there");
  }

  /** Returns so many values in the order in which they were pushed. */
  private List<Object> pop(int count) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(0, stack.pop());
    }
    return values;
  }

  private List<Object> popToMark() {
    Deque<Object> values = new ArrayDeque<>();
    for (Object value = stack.pop(); value != MARK; value = stack.pop()) {
      values.push(value);
    }
    return List.copyOf(values);
  }

  /** What would be made of the parts is not needed. */
  private void becomeThing(int parts) {
    pop(parts);
    stack.push(new Thing());
  }

  private void put(List<Object> pairs) {
    if (top() instanceof Entries entries) {
      for (int i = 0; i < pairs.size(); i += 2) {
        // A dictionary may be its own key, whose hash would have no end.
        if (pairs.get(i) instanceof String) {
          entries.put(pairs.get(i), pairs.get(i + 1));
        }
      }
    }
  }

  private void set(Object state) {
    if (top() instanceof Thing thing && state instanceof Entries entries) {
      thing.state = entries;
    }
  }

  /** The names of module and class are two lines. */
  private void named() {
    for (int lines = 0; lines < 2; ) {
      lines += in.get() == '\n' ? 1 : 0;
    }
    stack.push(new Thing());
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[Math.min(length, in.remaining() + 1)];
    in.get(bytes);
    return bytes;
  }

  private void skip(int length) {
    bytes(length);
    stack.push(new Thing());
  }

  private String text(int length) {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  private static Long whole(byte[] littleEndian) {
    long value = 0;
    for (int i = littleEndian.length - 1; i >= 0; i--) {
      value = value << Byte.SIZE | (littleEndian[i] & 0xff);
    }
    return value;
  }
}
