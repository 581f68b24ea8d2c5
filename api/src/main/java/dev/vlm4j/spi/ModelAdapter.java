package dev.vlm4j.spi;

import dev.vlm4j.graph.Graph;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One checkpoint as an architecture understands it: its graphs, and what the reference does outside
 * of its modules. Immutable and thread-safe.
 */
public interface ModelAdapter extends ModelProcessor {
  /** Name of the stage that turns pictures into features. */
  String VISION = "vision";

  /** Name of the stage of an encoder-decoder that reads the prompt and the features. */
  String ENCODER = "encoder";

  /** Name of the stage that gives logits: it reads the prompt and the features, or the encoder. */
  String DECODER = "decoder";

  /** Name of the decoder's result: logits {@code [rows, positions, vocabulary]}. */
  String LOGITS = "logits";

  /** Returns how tensor names of files map to weight names of the graphs. */
  KeyTable keys();

  /**
   * Builds the graphs of all stages: {@link #VISION}, {@link #DECODER}, and {@link #ENCODER} for an
   * encoder-decoder.
   *
   * @param weights graph names of the tensors that the checkpoint holds; decides what is tied
   */
  List<Graph> stages(Set<String> weights);

  /** Returns the most positions that prompt and answer may have together. */
  int contextLength();

  /** Returns where the checkpoint keeps its generation settings. */
  default GenerationSource generationSource() {
    return GenerationSource.GENERATION_CONFIG;
  }

  /**
   * Starts one request.
   *
   * @param promptIds ids of the whole prompt
   * @param images its pictures
   */
  RequestFeed feed(int[] promptIds, ProcessedImages images);

  /** Returns the reader of the places that answers name; empty if they never name any. */
  default Optional<AnswerParser> answerParser() {
    return Optional.empty();
  }

  /**
   * Returns what the numbers in answers mean whose boxes and points are written as JSON or between
   * box tokens; empty if the model has no such form, or a parser of its own.
   */
  default Optional<BoxFrame> boxFrame() {
    return Optional.empty();
  }
}
