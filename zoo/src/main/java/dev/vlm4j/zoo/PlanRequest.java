package dev.vlm4j.zoo;

import dev.vlm4j.api.Image;
import java.util.Optional;

/**
 * What a plan is about.
 *
 * @param image a picture whose tokens are counted
 * @param context positions of prompt and answer together; 0 for 4,096, or what the model can do
 */
public record PlanRequest(Optional<Image> image, int context) {
  /** No picture, and the usual context. */
  public static final PlanRequest DEFAULT = new PlanRequest(Optional.empty(), 0);
}
