package dev.vlm4j.spi;

import dev.vlm4j.graph.Graph;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One checkpoint as an architecture understands it: its graphs, and what the reference does outside
 * of its modules. Immutable and thread-safe.
 */
public interface ModelAdapter {
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

  /** Returns which settings of pictures the processor has. */
  default Set<ImageSetting> imageSettings() {
    return Set.of();
  }

  /**
   * Turns decoded pictures into tensors.
   *
   * @param pictures with those settings only that {@link #imageSettings()} names
   * @return {@link ProcessedImages#NONE} for none
   * @throws dev.vlm4j.error.VlmException {@code INVALID_ARGUMENT} for pictures or settings that the
   *     reference refuses
   */
  ProcessedImages process(List<Picture> pictures);

  /** Returns where the checkpoint keeps its generation settings. */
  default GenerationSource generationSource() {
    return GenerationSource.GENERATION_CONFIG;
  }

  /**
   * Returns the model's own format of prompts; empty if the checkpoint has a chat template. What it
   * renders is complete: the tokenizer puts nothing around it.
   */
  default Optional<PromptFormat> promptFormat() {
    return Optional.empty();
  }

  /**
   * Expands the placeholders of a rendered prompt to the tokens of the pictures.
   *
   * @throws dev.vlm4j.error.VlmException {@code IMAGE_COUNT_MISMATCH} if placeholders and pictures
   *     differ in number
   */
  List<TextPart> expand(List<TextPart> rendered, ProcessedImages images);

  /**
   * Returns what the reference processor returns for a text beside ids, attention mask and the
   * tensors of the pictures.
   *
   * @param promptIds ids of the whole prompt
   */
  default List<ProcessorTensor> textTensors(int[] promptIds, ProcessedImages images) {
    return List.of();
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
