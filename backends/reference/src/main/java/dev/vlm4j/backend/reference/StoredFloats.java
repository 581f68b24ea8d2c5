package dev.vlm4j.backend.reference;

import dev.vlm4j.spi.StorageType;
import java.nio.ByteBuffer;

/** Conversion of stored floats to single precision; exact but for doubles, which are rounded. */
final class StoredFloats {
  private static final int HALF_MANTISSA_BITS = 10;
  private static final int HALF_SPECIAL_EXPONENT = 31;
  private static final int HALF_BIAS = 15;

  private StoredFloats() {}

  /** Reads {@code count} little-endian numbers from the start of the buffer. */
  static float[] read(ByteBuffer bytes, StorageType type, int count) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = element(bytes, type, i);
    }
    return floats;
  }

  private static float element(ByteBuffer bytes, StorageType type, int i) {
    return switch (type) {
      case F32 -> bytes.getFloat(i * Float.BYTES);
      case F64 -> (float) bytes.getDouble(i * Double.BYTES);
      case BF16 -> Float.intBitsToFloat(bytes.getShort(i * Short.BYTES) << Short.SIZE);
      case F16 -> half(bytes.getShort(i * Short.BYTES));
      default -> throw new IllegalArgumentException(type + " is no stored float");
    };
  }

  private static float half(short bits) {
    int exponent = bits >> HALF_MANTISSA_BITS & HALF_SPECIAL_EXPONENT;
    int mantissa = bits & (1 << HALF_MANTISSA_BITS) - 1;
    float magnitude;
    if (exponent == HALF_SPECIAL_EXPONENT) {
      magnitude = mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((float) mantissa, 1 - HALF_BIAS - HALF_MANTISSA_BITS);
    } else {
      int significand = mantissa + (1 << HALF_MANTISSA_BITS);
      magnitude = Math.scalb((float) significand, exponent - HALF_BIAS - HALF_MANTISSA_BITS);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
