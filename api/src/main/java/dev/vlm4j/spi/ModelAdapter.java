package dev.vlm4j.spi;

import dev.vlm4j.graph.Graph;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One checkpoint as an architecture understands it: its graphs, and what the reference does outside
 * of its modules. Immutable and thread-safe.
 */
public interface ModelAdapter {
  /** Name of the stage that turns pictures into features. */
  String VISION = "vision";

  /** Name of the stage that reads tokens and features and gives logits. */
  String DECODER = "decoder";

  /** Name of the decoder's result: logits {@code [rows, positions, vocabulary]}. */
  String LOGITS = "logits";

  /** Returns how tensor names of files map to weight names of the graphs. */
  KeyTable keys();

  /**
   * Builds the graphs of all stages.
   *
   * @param weights graph names of the tensors that the checkpoint holds; decides what is tied
   */
  List<Graph> stages(Set<String> weights);

  /** Returns the most positions that prompt and answer may have together. */
  int contextLength();

  /** Turns decoded pictures into tensors; {@link ProcessedImages#NONE} for none. */
  ProcessedImages process(List<RgbImage> images);

  /**
   * Expands the placeholders of a rendered prompt to the tokens of the pictures.
   *
   * @throws dev.vlm4j.error.VlmException {@code IMAGE_COUNT_MISMATCH} if placeholders and pictures
   *     differ in number
   */
  List<TextPart> expand(List<TextPart> rendered, ProcessedImages images);

  /** Returns what the vision stage is fed. */
  Map<String, Tensor> visionInputs(ProcessedImages images);

  /** Returns the names of the vision stage's results that the decoder's feed needs. */
  Set<String> visionOutputs();

  /**
   * Starts the decoder's part of one request.
   *
   * @param promptIds ids of the whole prompt
   * @param images its pictures
   */
  DecoderFeed decoderFeed(int[] promptIds, ProcessedImages images);

  /** What the decoder is fed in one request. For one thread. */
  interface DecoderFeed {
    /**
     * Returns the inputs of the run over the whole prompt, giving logits of its last position.
     *
     * @param vision results of the vision stage; empty without pictures
     */
    Map<String, Tensor> prompt(Map<String, Tensor> vision);

    /**
     * Returns the inputs of one step.
     *
     * @param tokenIds the newest token of every row
     * @param position number of positions that the caches hold
     */
    Map<String, Tensor> step(int[] tokenIds, int position);
  }
}
