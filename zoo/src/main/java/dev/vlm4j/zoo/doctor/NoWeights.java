package dev.vlm4j.zoo.doctor;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.spi.WeightSource;
import java.nio.ByteBuffer;

/** The weights of a graph that has none. */
final class NoWeights implements WeightSource {
  static final NoWeights INSTANCE = new NoWeights();

  private NoWeights() {}

  @Override
  public StoredTensor locate(String weight) {
    throw missing(weight);
  }

  @Override
  public ByteBuffer map(String weight) {
    throw missing(weight);
  }

  private static VlmException missing(String weight) {
    return new VlmException(ErrorCode.WEIGHTS_MISMATCH, "there is no weight '" + weight + "'");
  }

  @Override
  public void close() {}
}
