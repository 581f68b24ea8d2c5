package dev.vlm4j.models.florence2;

import dev.vlm4j.models.towers.ConfigValues;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a feature map of one picture contributes to the features. With a single picture the mean
 * over the sequence and its last picture are the map itself.
 */
enum Florence2Features {
  /** The mean over all positions: one feature. */
  SPATIAL_AVG_POOL,
  /** The mean over a sequence of pictures: as many features as positions. */
  TEMPORAL_AVG_POOL,
  /** The last picture of a sequence: as many features as positions. */
  LAST_FRAME;

  static Florence2Features of(String name) {
    return Arrays.stream(values())
        .filter(source -> source.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ConfigValues.unsupported(
                    "vision_config.image_feature_source",
                    name,
                    Arrays.stream(values()).map(Florence2Features::label).toList().toString()));
  }

  private String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the number of features of a map. */
  int count(int positions) {
    return this == SPATIAL_AVG_POOL ? 1 : positions;
  }
}
