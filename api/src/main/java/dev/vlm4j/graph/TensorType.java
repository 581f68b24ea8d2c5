package dev.vlm4j.graph;

/**
 * Element type and shape of a value.
 *
 * @param dtype element type
 * @param shape lengths of the axes
 */
public record TensorType(DType dtype, Shape shape) {
  /** Returns the number of axes. */
  public int rank() {
    return shape.rank();
  }

  /** Returns the length of one axis; negative axes count from the end. */
  public Dim dim(int axis) {
    return shape.dim(axis);
  }

  /** Returns the same shape with another element type. */
  public TensorType as(DType other) {
    return new TensorType(other, shape);
  }

  /** Returns the same element type with another shape. */
  public TensorType as(Shape other) {
    return new TensorType(dtype, other);
  }

  @Override
  public String toString() {
    return dtype + shape.toString();
  }
}
