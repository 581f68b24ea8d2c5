package dev.vlm4j.zoo.generation;

import java.util.stream.IntStream;

/**
 * The places of the largest of many numbers, largest first. Which of equal numbers wins is decided
 * as PyTorch decides it on a CPU: it copies the algorithms {@code partial_sort}, or {@code
 * nth_element} and {@code sort} if many are wanted, of the GNU C++ library, which are not stable.
 * Sources: <a
 * href="https://github.com/pytorch/pytorch/blob/v2.9.0/aten/src/ATen/native/TopKImpl.h">TopKImpl.h</a>,
 * <a
 * href="https://github.com/gcc-mirror/gcc/blob/releases/gcc-13/libstdc%2B%2B-v3/include/bits/stl_algo.h">stl_algo.h</a>.
 */
final class TopK {
  private static final int FEW = 64;
  private static final int SMALL = 3;
  private static final int INSERTION_LIMIT = 16;

  private final float[] values;
  private final int[] order;

  private TopK(float[] values) {
    this.values = values;
    this.order = IntStream.range(0, values.length).toArray();
  }

  /**
   * Returns places of numbers.
   *
   * @param values none of them NaN
   * @param k how many are wanted, at most as many as there are
   */
  static int[] of(float[] values, int k) {
    TopK top = new TopK(values);
    if ((long) k * FEW <= values.length) {
      top.selectByHeap(0, k, values.length);
      top.sortHeap(0, k);
    } else {
      top.selectByPartition(k - 1);
      top.sort(0, k - 1);
    }
    return java.util.Arrays.copyOf(top.order, k);
  }

  /** Whether the first of two places belongs before the second. */
  private boolean isBefore(int one, int other) {
    return values[one] > values[other];
  }

  private void swap(int i, int j) {
    int place = order[i];
    order[i] = order[j];
    order[j] = place;
  }

  private static int depthLimit(int size) {
    return 2 * (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(size));
  }

  // heaps: their first element is the last one in order

  private void selectByHeap(int first, int middle, int last) {
    makeHeap(first, middle);
    for (int i = middle; i < last; i++) {
      if (isBefore(order[i], order[first])) {
        popHeap(first, middle, i);
      }
    }
  }

  private void makeHeap(int first, int last) {
    int size = last - first;
    for (int parent = (size - 2) / 2; size > 1 && parent >= 0; parent--) {
      sift(first, parent, size, order[first + parent]);
    }
  }

  private void sortHeap(int first, int last) {
    for (int end = last - 1; end > first; end--) {
      popHeap(first, end, end);
    }
  }

  private void popHeap(int first, int last, int result) {
    int place = order[result];
    order[result] = order[first];
    sift(first, 0, last - first, place);
  }

  /** Moves the hole down to a leaf, then puts the element where it belongs on the way back up. */
  private void sift(int first, int start, int size, int place) {
    int hole = start;
    int child = start;
    while (child < (size - 1) / 2) {
      child = 2 * (child + 1);
      if (isBefore(order[first + child], order[first + child - 1])) {
        child--;
      }
      order[first + hole] = order[first + child];
      hole = child;
    }
    if (size % 2 == 0 && child == (size - 2) / 2) {
      child = 2 * (child + 1);
      order[first + hole] = order[first + child - 1];
      hole = child - 1;
    }
    while (hole > start && isBefore(order[first + (hole - 1) / 2], place)) {
      order[first + hole] = order[first + (hole - 1) / 2];
      hole = (hole - 1) / 2;
    }
    order[first + hole] = place;
  }

  // partitions

  private void selectByPartition(int wanted) {
    int first = 0;
    int last = order.length;
    for (int depth = depthLimit(order.length); last - first > SMALL; depth--) {
      if (depth == 0) {
        selectByHeap(first, wanted + 1, last);
        swap(first, wanted);
        return;
      }
      int cut = partition(first, last);
      if (cut <= wanted) {
        first = cut;
      } else {
        last = cut;
      }
    }
    insertionSort(first, last);
  }

  private void sort(int first, int last) {
    if (first == last) {
      return;
    }
    sortRoughly(first, last, depthLimit(last - first));
    int sorted = Math.min(last, first + INSERTION_LIMIT);
    insertionSort(first, sorted);
    for (int i = sorted; i < last; i++) {
      insert(i);
    }
  }

  private void sortRoughly(int first, int last, int depth) {
    int end = last;
    for (int left = depth; end - first > INSERTION_LIMIT; left--) {
      if (left == 0) {
        selectByHeap(first, end, end);
        sortHeap(first, end);
        return;
      }
      int cut = partition(first, end);
      sortRoughly(cut, end, left - 1);
      end = cut;
    }
  }

  private int partition(int first, int last) {
    medianToFirst(first, first + 1, first + (last - first) / 2, last - 1);
    int low = first + 1;
    int high = last;
    while (true) {
      while (isBefore(order[low], order[first])) {
        low++;
      }
      do {
        high--;
      } while (isBefore(order[first], order[high]));
      if (low >= high) {
        return low;
      }
      swap(low++, high);
    }
  }

  private void medianToFirst(int first, int a, int b, int c) {
    if (isBefore(order[a], order[b])) {
      swap(first, median(a, b, c));
    } else {
      swap(first, median(b, a, c));
    }
  }

  /** Returns the middle one of three positions of which the second is not before the first. */
  private int median(int low, int high, int c) {
    if (isBefore(order[high], order[c])) {
      return high;
    }
    return isBefore(order[low], order[c]) ? c : low;
  }

  private void insertionSort(int first, int last) {
    for (int i = first + 1; i < last; i++) {
      int place = order[i];
      if (isBefore(place, order[first])) {
        System.arraycopy(order, first, order, first + 1, i - first);
        order[first] = place;
      } else {
        insert(i);
      }
    }
  }

  /** Moves an element forward to its place; one that is not behind it stands before. */
  private void insert(int at) {
    int place = order[at];
    int hole = at;
    while (isBefore(place, order[hole - 1])) {
      order[hole] = order[hole - 1];
      hole--;
    }
    order[hole] = place;
  }
}
