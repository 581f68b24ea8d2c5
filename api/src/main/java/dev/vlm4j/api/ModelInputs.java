package dev.vlm4j.api;

import dev.vlm4j.spi.PixelLayout;
import dev.vlm4j.spi.ProcessorTensor;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a model sees of a prompt.
 *
 * @param prompt rendered prompt with expanded placeholders
 * @param promptTokenIds its ids
 * @param parts the prompt in pieces with their number of tokens, in order
 * @param images one entry per picture, in order
 * @param tensors what the reference processor returns, under its names
 * @param pixelLayout how the tensor of pictures is looked at; empty if the processor does not say
 * @param templateSource which file the chat template came from
 */
public record ModelInputs(
    String prompt,
    List<Integer> promptTokenIds,
    List<Part> parts,
    List<ImageInput> images,
    List<ProcessorTensor> tensors,
    Optional<PixelLayout> pixelLayout,
    String templateSource) {
  /** Keeps immutable copies. */
  public ModelInputs {
    promptTokenIds = List.copyOf(promptTokenIds);
    parts = List.copyOf(parts);
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
   * @param tiles number of views of it that the model gets: tiles, crops and the whole
   */
  public record ImageInput(
      int width, int height, int resizedWidth, int resizedHeight, int tokens, int tiles) {}

  /** What a piece of a prompt is. */
  public enum Kind {
    /** Text, of the template and of users alike. */
    TEXT,
    /** A special token. */
    SPECIAL,
    /** The tokens of one picture that its features take the place of. */
    PICTURE,
    /** A token that the tokenizer puts around the prompt. */
    FRAME
  }

  /**
   * A piece of a prompt.
   *
   * @param kind what it is
   * @param text its text, of a picture that of one token
   * @param tokens number of its ids
   * @param picture number of the picture from 0 on; -1 for other pieces
   */
  public record Part(Kind kind, String text, int tokens, int picture) {}
}
