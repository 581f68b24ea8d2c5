package dev.vlm4j.zoo.generation;

import dev.vlm4j.spi.Tensor;
import java.util.Map;

/** How the ids of an answer are chosen. For one request and thread. */
interface Decoding {
  /**
   * Reads the prompt and generates until the answer ends.
   *
   * @param features results of the encoder, or of the vision stage if there is no encoder
   * @param watch whose next lap ends when the prompt has been read
   */
  Decoded run(DecoderSteps steps, Map<String, Tensor> features, Stopwatch watch);
}
