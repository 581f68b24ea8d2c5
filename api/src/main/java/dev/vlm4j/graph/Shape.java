package dev.vlm4j.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lengths of all axes of a value, outermost first; row-major.
 *
 * @param dims one entry per axis; empty for a scalar
 */
public record Shape(List<Dim> dims) {
  /** Keeps an immutable copy. */
  public Shape {
    dims = List.copyOf(dims);
  }

  /** Returns a shape of the given axes. */
  public static Shape of(Dim... dims) {
    return new Shape(Arrays.asList(dims));
  }

  /** Returns a shape whose axes are all fixed. */
  public static Shape fixed(long... sizes) {
    return new Shape(Arrays.stream(sizes).mapToObj(Dim::fixed).collect(Collectors.toList()));
  }

  /** Returns the number of axes. */
  public int rank() {
    return dims.size();
  }

  /** Returns the length of one axis; negative axes count from the end. */
  public Dim dim(int axis) {
    return dims.get(axis < 0 ? axis + rank() : axis);
  }

  /** Returns whether no axis is symbolic. */
  public boolean isFixed() {
    return dims.stream().allMatch(Dim::isFixed);
  }

  /** Returns the number of elements of a fixed shape. */
  public long elements() {
    return dims.stream().mapToLong(Dim::size).reduce(1, Math::multiplyExact);
  }

  /** Returns all lengths of a fixed shape. */
  public long[] sizes() {
    return dims.stream().mapToLong(Dim::size).toArray();
  }

  /** Returns this shape with one axis replaced. */
  public Shape with(int axis, Dim dim) {
    List<Dim> changed = new ArrayList<>(dims);
    changed.set(axis, dim);
    return new Shape(changed);
  }

  @Override
  public String toString() {
    return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
