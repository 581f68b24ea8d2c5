package dev.vlm4j.graph.op;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.TensorType;
import java.util.ArrayList;
import java.util.List;

/** Checks and shape rules that several operators share. */
final class Inference {
  private Inference() {}

  static void arity(List<TensorType> inputs, int expected) {
    arity(inputs, expected, expected);
  }

  static void arity(List<TensorType> inputs, int least, int most) {
    require(
        inputs.size() >= least && inputs.size() <= most,
        "takes "
            + (least == most ? least : least + " to " + most)
            + " operands, got "
            + inputs.size());
  }

  static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  static void requireSameDType(TensorType a, TensorType b) {
    require(a.dtype() == b.dtype(), "operands differ in type: " + a + " and " + b);
  }

  static void requireDType(TensorType type, DType dtype, String what) {
    require(type.dtype() == dtype, what + " must be " + dtype + ", got " + type);
  }

  static void requireFloat(TensorType type) {
    require(type.dtype().isFloat(), "needs a float, got " + type);
  }

  static void requireAxis(TensorType type, int axis) {
    require(axis >= 0 && axis < type.rank(), "axis " + axis + " is outside of " + type);
  }

  /** Broadcasting of NumPy: shapes align at the end, an axis of length one repeats. */
  static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    List<Dim> dims = new ArrayList<>(rank);
    for (int i = 0; i < rank; i++) {
      Dim left = dimFromEnd(a, rank - i);
      Dim right = dimFromEnd(b, rank - i);
      require(
          left.equals(right) || isOne(left) || isOne(right), a + " and " + b + " do not broadcast");
      dims.add(isOne(left) ? right : left);
    }
    return new Shape(dims);
  }

  private static Dim dimFromEnd(Shape shape, int fromEnd) {
    return fromEnd > shape.rank() ? Dim.fixed(1) : shape.dim(shape.rank() - fromEnd);
  }

  static boolean isOne(Dim dim) {
    return dim.isFixed() && dim.size() == 1;
  }
}
