package dev.vlm4j.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the reference's processor does for one checkpoint: pictures to tensors, and the rules of its
 * prompts. Needs no weights. Immutable and thread-safe.
 */
public interface ModelProcessor {
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

  /**
   * Returns whether the processor has pictures converted to RGB whatever the checkpoint's {@code
   * do_convert_rgb} says.
   */
  default boolean convertsAllPictures() {
    return false;
  }

  /** Returns how {@code pixel_values} is looked at by people; empty if it cannot be. */
  default Optional<PixelLayout> pixelLayout() {
    return Optional.empty();
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
}
