package dev.vlm4j.conformance.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.ToIntFunction;

/** Stores floats in 16 bits, and refuses those that do not fit exactly. */
final class ExactFloats {
  private static final int HALF_MANTISSA = 10;
  private static final int DROPPED = 23 - HALF_MANTISSA;
  private static final int SMALLEST_NORMAL = -14;
  private static final int LARGEST = 15;
  private static final int BIAS = 15;

  private ExactFloats() {}

  /** Stores little-endian floats as little-endian bfloat16. */
  static byte[] toBf16(byte[] floats) {
    return convert(floats, ExactFloats::bf16);
  }

  /** Stores little-endian floats as little-endian IEEE half floats. */
  static byte[] toHalf(byte[] floats) {
    return convert(floats, ExactFloats::half);
  }

  private static byte[] convert(byte[] floats, ToIntFunction<Float> bits) {
    ByteBuffer from = ByteBuffer.wrap(floats).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer to = ByteBuffer.allocate(floats.length / 2).order(ByteOrder.LITTLE_ENDIAN);
    while (from.hasRemaining()) {
      to.putShort((short) bits.applyAsInt(from.getFloat()));
    }
    return to.array();
  }

  private static int bf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    check(value, (bits & 0xFFFF) == 0);
    return bits >>> Short.SIZE;
  }

  private static int half(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    if (value == 0) {
      return sign;
    }
    int exponent = Math.getExponent(value);
    check(value, exponent <= LARGEST);
    int mantissa = bits & 0x7FFFFF;
    if (exponent >= SMALLEST_NORMAL) {
      return sign | (exponent + BIAS) << HALF_MANTISSA | shifted(value, mantissa, DROPPED);
    }
    int whole = mantissa | 0x800000;
    return sign | shifted(value, whole, DROPPED + SMALLEST_NORMAL - exponent);
  }

  private static int shifted(float value, int mantissa, int count) {
    check(value, count <= 23 + 1 && (mantissa & (1 << count) - 1) == 0);
    return mantissa >>> count;
  }

  private static void check(float value, boolean exact) {
    if (!exact) {
      throw new IllegalArgumentException(value + " does not fit into 16 bits exactly");
    }
  }
}
