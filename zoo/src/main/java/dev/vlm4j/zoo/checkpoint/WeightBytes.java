package dev.vlm4j.zoo.checkpoint;

import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.StoredTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The bytes of a weight file that may lie elsewhere. */
public interface WeightBytes {
  /** Returns the size of the file. */
  long size() throws IOException;

  /** Returns bytes from the middle of the file. */
  byte[] read(long from, int length) throws IOException;

  /**
   * Returns the tensors of a file by reading its header only.
   *
   * @param name name of the file
   * @throws VlmException {@code WEIGHTS_INVALID} or {@code IO_FAILURE}
   */
  static List<StoredTensor> tensors(String name, WeightBytes bytes) {
    return SafetensorsFile.read(Path.of(name), bytes);
  }
}
