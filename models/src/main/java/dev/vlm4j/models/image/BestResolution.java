package dev.vlm4j.models.image;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.List;

/**
 * Chooses the size that shows most of a picture's pixels, and of equals the one that wastes least.
 * Source: {@code select_best_resolution} and {@code get_patch_output_size} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/image_processing_utils.py">image_processing_utils.py</a>.
 *
 * @param sizes to choose from, in the order of the file: the first of equals is taken
 */
record BestResolution(List<Extent> sizes) {
  /** Checks that there is a choice. */
  BestResolution {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty() || sizes.stream().anyMatch(size -> size.height() < 1 || size.width() < 1)) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "image_grid_pinpoints needs at least one size, none below 1 pixel, got "
              + sizes
              + "; correct preprocessor_config.json.");
    }
  }

  Extent of(Extent picture) {
    Extent best = sizes.get(0);
    long most = -1;
    long least = Long.MAX_VALUE;
    for (Extent size : sizes) {
      long shown = shown(picture, size);
      long wasted = (long) size.width() * size.height() - shown;
      if (shown > most || (shown == most && wasted < least)) {
        most = shown;
        least = wasted;
        best = size;
      }
    }
    return best;
  }

  private static long shown(Extent picture, Extent size) {
    double scale =
        Math.min(
            (double) size.width() / picture.width(), (double) size.height() / picture.height());
    long scaled = (long) (picture.width() * scale) * (long) (picture.height() * scale);
    return Math.min(scaled, (long) picture.width() * picture.height());
  }

  /** Returns the largest size of a picture's shape that fits into another size. */
  static Extent fitted(Extent picture, Extent into) {
    double wide = (double) into.width() / picture.width();
    double high = (double) into.height() / picture.height();
    return wide < high
        ? new Extent(
            (int) Math.min(Math.ceil(picture.height() * wide), into.height()), into.width())
        : new Extent(
            into.height(), (int) Math.min(Math.ceil(picture.width() * high), into.width()));
  }
}
