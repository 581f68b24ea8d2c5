package dev.vlm4j.spi;

import java.nio.ByteBuffer;

/**
 * The tensors of a checkpoint by the keys that graphs use. Thread-safe. Its buffers are views of
 * mapped files: never copied to the heap, valid as long as the source is open.
 */
public interface WeightSource extends AutoCloseable {
  /**
   * Returns where a weight lies.
   *
   * @throws dev.vlm4j.error.VlmException {@code WEIGHTS_MISMATCH} if there is no such tensor
   */
  StoredTensor locate(String weight);

  /**
   * Returns a read-only little-endian view of a weight's bytes; at most 2 GiB - 1.
   *
   * @throws dev.vlm4j.error.VlmException {@code WEIGHTS_MISMATCH} if there is no such tensor,
   *     {@code IO_FAILURE} if the file cannot be mapped
   */
  ByteBuffer map(String weight);

  /** Releases the files; a second call does nothing. */
  @Override
  void close();
}
