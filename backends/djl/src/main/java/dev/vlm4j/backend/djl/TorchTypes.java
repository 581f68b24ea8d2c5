package dev.vlm4j.backend.djl;

import dev.vlm4j.graph.DType;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.StorageType;
import java.util.Optional;

/** Numbers of element types in TorchScript, and what they can hold. */
final class TorchTypes {
  static final int INT32 = 3;
  static final int INT64 = 4;
  static final int HALF = 5;
  static final int FLOAT = 6;
  static final int DOUBLE = 7;
  static final int BOOL = 11;
  static final int BFLOAT16 = 15;
  private static final double LARGEST_BFLOAT16 = 0x1.FEp127;

  private final Precision precision;

  TorchTypes(Precision precision) {
    this.precision = precision;
  }

  /** Returns the element type in which values of a type are computed; integers take 64 bits. */
  int of(DType dtype) {
    return switch (dtype) {
      case FLOAT -> precision == Precision.BF16 ? BFLOAT16 : FLOAT;
      case FLOAT32 -> FLOAT;
      case INT -> INT64;
      case BOOL -> BOOL;
    };
  }

  /** Returns the element type in which results of a type leave the engine. */
  static int atBorder(DType dtype) {
    return dtype.isFloat() ? FLOAT : INT32;
  }

  /** Returns the number nearest to {@code value} that is finite in the type. */
  double finite(DType dtype, double value) {
    if (Double.isInfinite(value) || !dtype.isFloat()) {
      return value;
    }
    double largest = of(dtype) == BFLOAT16 ? LARGEST_BFLOAT16 : Float.MAX_VALUE;
    return Math.max(-largest, Math.min(largest, value));
  }

  /** Returns the most negative number of {@link DType#FLOAT}. */
  double lowest() {
    return finite(DType.FLOAT, -Float.MAX_VALUE);
  }

  /** Returns the element type of stored floats; empty for types that weights cannot have. */
  static Optional<Integer> ofStored(StorageType type) {
    return Optional.ofNullable(
        switch (type) {
          case F16 -> HALF;
          case BF16 -> BFLOAT16;
          case F32 -> FLOAT;
          case F64 -> DOUBLE;
          default -> null;
        });
  }
}
