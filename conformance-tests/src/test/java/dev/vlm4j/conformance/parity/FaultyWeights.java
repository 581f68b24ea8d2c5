package dev.vlm4j.conformance.parity;

import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.spi.WeightSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Weights, one of which is read wrongly.
 *
 * @param source the right ones, as 32-bit or brain floats
 * @param wrong name of the one of which an element is off by about one: the first, or the second of
 *     brain floats, which is the upper half of a 32-bit float
 */
record FaultyWeights(WeightSource source, String wrong) implements WeightSource {
  @Override
  public StoredTensor locate(String weight) {
    return source.locate(weight);
  }

  @Override
  public ByteBuffer map(String weight) {
    ByteBuffer right = source.map(weight);
    if (!weight.equals(wrong)) {
      return right;
    }
    ByteBuffer copy = ByteBuffer.allocate(right.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    copy.put(right).flip();
    return copy.putFloat(0, copy.getFloat(0) + 1);
  }

  @Override
  public void close() {
    source.close();
  }
}
