package dev.vlm4j.api;

import dev.vlm4j.spi.ProcessorTensor;
import java.util.List;

/**
 * Everything that a model sees of a prompt.
 *
 * @param prompt rendered prompt with expanded placeholders
 * @param promptTokenIds its ids
 * @param images one entry per picture, in order
 * @param tensors what the reference processor returns, under its names
 * @param templateSource which file the chat template came from
 */
public record ModelInputs(
    String prompt,
    List<Integer> promptTokenIds,
    List<ImageInput> images,
    List<ProcessorTensor> tensors,
    String templateSource) {
  /** Keeps immutable copies. */
  public ModelInputs {
    promptTokenIds = List.copyOf(promptTokenIds);
    images = List.copyOf(images);
    tensors = List.copyOf(tensors);
  }

  /**
   * How one picture is presented.
   *
   * @param width width of the decoded picture in pixels, orientation applied
   * @param height height of the decoded picture in pixels
   * @param resizedWidth width that the model sees, in pixels
   * @param resizedHeight height that the model sees, in pixels
   * @param tokens number of placeholder tokens
   */
  public record ImageInput(
      int width, int height, int resizedWidth, int resizedHeight, int tokens) {}
}
