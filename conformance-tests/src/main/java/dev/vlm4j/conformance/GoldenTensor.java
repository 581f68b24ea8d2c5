package dev.vlm4j.conformance;

import dev.vlm4j.graph.Shape;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import java.util.Arrays;
import java.util.HexFormat;

/** Reads one line of a recorded case: {@code <kind> <name> <type> <sizes> <values...>}. */
final class GoldenTensor {
  private static final int NAME = 1;
  private static final int TYPE = 2;
  private static final int SIZES = 3;
  private static final int VALUES = 4;

  private GoldenTensor() {}

  static String name(String[] words) {
    return words[NAME];
  }

  static Tensor tensor(String[] words) {
    String[] values = Arrays.copyOfRange(words, VALUES, words.length);
    if (words[TYPE].equals("int")) {
      return Tensor.of(Arrays.stream(values).mapToInt(Integer::parseInt).toArray(), sizes(words));
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.parseFloat(values[i]);
    }
    return Tensor.of(floats, sizes(words));
  }

  static StoredWeight weight(String[] words) {
    return new StoredWeight(
        words[NAME],
        StorageType.valueOf(words[TYPE]),
        Shape.fixed(sizes(words)),
        HexFormat.of().parseHex(words[VALUES]));
  }

  private static long[] sizes(String[] words) {
    return words[SIZES].equals("scalar")
        ? new long[0]
        : Arrays.stream(words[SIZES].split(",")).mapToLong(Long::parseLong).toArray();
  }
}
