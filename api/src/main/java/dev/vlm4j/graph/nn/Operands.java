package dev.vlm4j.graph.nn;

import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/** Checks that several composites share. */
final class Operands {
  private Operands() {}

  static void count(List<TensorType> inputs, int expected) {
    require(inputs.size() == expected, "takes " + expected + " operands, got " + inputs.size());
  }

  static void vectorOfLastAxis(TensorType x, TensorType vector) {
    require(
        x.dtype().isFloat()
            && x.dtype() == vector.dtype()
            && x.rank() >= 1
            && vector.shape().equals(Shape.of(x.dim(-1))),
        vector + " is no vector for the last axis of " + x);
  }

  static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
