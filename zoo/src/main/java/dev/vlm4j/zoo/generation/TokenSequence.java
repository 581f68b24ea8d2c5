package dev.vlm4j.zoo.generation;

import java.util.Arrays;
import java.util.List;

/** A growing list of ids. For one thread. */
final class TokenSequence {
  private int[] ids;
  private int size;

  TokenSequence(int[] start, int expected) {
    this.ids = Arrays.copyOf(start, Math.max(start.length + expected, 1));
    this.size = start.length;
  }

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
  }

  int get(int index) {
    return ids[index];
  }

  int size() {
    return size;
  }

  List<Integer> from(int start) {
    return Arrays.stream(ids, start, size).boxed().toList();
  }
}
