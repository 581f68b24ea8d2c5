package dev.vlm4j.zoo.generation;

import java.util.Arrays;
import java.util.List;

/** The ids that a decoder reads: those it starts with, and the new ones. For one thread. */
final class TokenSequence {
  private final int startLength;
  private int[] ids;
  private int size;

  TokenSequence(int[] start, int expected) {
    this(start.length, Arrays.copyOf(start, Math.max(start.length + expected, 1)), start.length);
  }

  private TokenSequence(int startLength, int[] ids, int size) {
    this.startLength = startLength;
    this.ids = ids;
    this.size = size;
  }

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
  }

  /** Returns a copy that ends with one more id. */
  TokenSequence with(int id) {
    TokenSequence longer = new TokenSequence(startLength, Arrays.copyOf(ids, size + 1), size);
    longer.add(id);
    return longer;
  }

  int get(int index) {
    return ids[index];
  }

  /** Returns the newest id; there must be one. */
  int last() {
    return ids[size - 1];
  }

  int size() {
    return size;
  }

  /** Returns how many ids are new. */
  int newTokens() {
    return size - startLength;
  }

  List<Integer> newIds() {
    return Arrays.stream(ids, startLength, size).boxed().toList();
  }

  /** Returns whether the last {@code length} ids equal those from {@code start} on. */
  boolean endsWith(int start, int length) {
    int tail = size - length;
    return tail >= 0
        && start + length <= size
        && Arrays.equals(ids, start, start + length, ids, tail, size);
  }
}
