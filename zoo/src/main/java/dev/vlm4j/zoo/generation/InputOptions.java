package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.api.ImageOptions;
import dev.vlm4j.api.PicturePolicy;

/**
 * What holds for all prompts of a loaded model.
 *
 * @param images settings for all pictures; those of single pictures win
 * @param imageBackend which image processors of the reference are followed
 * @param policy where pictures may come from
 * @param specialTokensInText whether special tokens in texts of users are recognised, as the
 *     reference does
 */
public record InputOptions(
    ImageOptions images,
    ImageBackend imageBackend,
    PicturePolicy policy,
    boolean specialTokensInText) {
  /** The checkpoint's own settings, any file, and texts of users are texts. */
  public static final InputOptions DEFAULT =
      new InputOptions(ImageOptions.NONE, ImageBackend.TORCHVISION, PicturePolicy.DEFAULT, false);
}
