package dev.vlm4j.spi;

import dev.vlm4j.graph.DType;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor on the host, row-major: floats of 32 bits or integers of 32 bits. The arrays are not
 * copied; do not change them after handing the tensor over.
 */
public final class Tensor {
  private final long[] sizes;
  private final Object elements;

  private Tensor(Object elements, int count, long[] sizes) {
    long wanted = Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    if (wanted != count) {
      throw new IllegalArgumentException(
          count + " elements do not fill the shape " + Arrays.toString(sizes));
    }
    this.elements = elements;
    this.sizes = sizes.clone();
  }

  /** Returns a tensor of floats; no sizes make a scalar. */
  public static Tensor of(float[] elements, long... sizes) {
    return new Tensor(elements, elements.length, sizes);
  }

  /** Returns a tensor of integers; no sizes make a scalar. */
  public static Tensor of(int[] elements, long... sizes) {
    return new Tensor(elements, elements.length, sizes);
  }

  /**
   * Returns tensors of floats joined along their first axis.
   *
   * @param parts at least one; their other axes must agree
   */
  public static Tensor joined(List<Tensor> parts) {
    long[] sizes = parts.get(0).sizes();
    long count = 0;
    sizes[0] = 0;
    for (Tensor part : parts) {
      long[] other = part.sizes();
      sizes[0] += other[0];
      count += part.count();
      other[0] = sizes[0];
      if (!Arrays.equals(other, sizes)) {
        throw new IllegalArgumentException(parts + " differ beyond their first axis");
      }
    }
    float[] elements = new float[Math.toIntExact(count)];
    int at = 0;
    for (Tensor part : parts) {
      System.arraycopy(part.floats(), 0, elements, at, part.count());
      at += part.count();
    }
    return of(elements, sizes);
  }

  /** Returns {@link DType#FLOAT32} or {@link DType#INT}. */
  public DType dtype() {
    return elements instanceof float[] ? DType.FLOAT32 : DType.INT;
  }

  /** Returns the number of axes. */
  public int rank() {
    return sizes.length;
  }

  /** Returns the length of one axis; negative axes count from the end. */
  public long size(int axis) {
    return sizes[axis < 0 ? axis + sizes.length : axis];
  }

  /** Returns the lengths of all axes. */
  public long[] sizes() {
    return sizes.clone();
  }

  /** Returns the number of elements. */
  public int count() {
    return elements instanceof float[] f ? f.length : ints().length;
  }

  /** Returns the elements of a tensor of floats, not a copy. */
  public float[] floats() {
    if (elements instanceof float[] floats) {
      return floats;
    }
    throw new IllegalStateException("a tensor of integers has no floats");
  }

  /** Returns the elements of a tensor of integers, not a copy. */
  public int[] ints() {
    if (elements instanceof int[] ints) {
      return ints;
    }
    throw new IllegalStateException("a tensor of floats has no integers");
  }

  @Override
  public String toString() {
    return dtype() + Arrays.toString(sizes);
  }
}
