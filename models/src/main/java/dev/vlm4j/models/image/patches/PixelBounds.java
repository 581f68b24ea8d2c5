package dev.vlm4j.models.image.patches;

import dev.vlm4j.api.ImageOptions;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.image.ImageSize;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How many pixels the model's view of a picture may have.
 *
 * @param min smaller pictures are enlarged
 * @param max larger pictures are shrunk
 */
record PixelBounds(int min, int max) {
  private static final PixelBounds DEFAULT = new PixelBounds(56 * 56, 28 * 28 * 1280);

  /**
   * Reads the bounds of a preprocessor file; those at top level win.
   *
   * @throws VlmException {@code CONFIG_INVALID} if one is missing or impossible
   */
  static PixelBounds of(PatchConfig file) {
    ImageSize size = file.size();
    if (size != null && (size.height() != null || size.width() != null)) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "the size of the image processor bounds the number of pixels, it has no height and"
              + " width; got "
              + size
              + ". Correct preprocessor_config.json");
    }
    Integer min = first(file.minPixels(), size == null ? Integer.valueOf(DEFAULT.min) : low(size));
    Integer max = first(file.maxPixels(), size == null ? Integer.valueOf(DEFAULT.max) : high(size));
    if (min == null || max == null || min < 1 || max < 1) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "the size of the image processor needs shortest_edge and longest_edge of at least 1 pixel,"
              + " or min_pixels and max_pixels have to stand beside it, not in it; got "
              + size
              + ". Correct preprocessor_config.json");
    }
    return new PixelBounds(min, max);
  }

  /** The reference refuses bounds of pixels in there, unless those at top level replace them. */
  private static @Nullable Integer low(ImageSize size) {
    return size.minPixels() == null ? size.shortestEdge() : null;
  }

  private static @Nullable Integer high(ImageSize size) {
    return size.maxPixels() == null ? size.longestEdge() : null;
  }

  private static @Nullable Integer first(@Nullable Integer a, @Nullable Integer b) {
    return a == null ? b : a;
  }

  /**
   * Returns these bounds changed by settings.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} if that leaves no size between them
   */
  PixelBounds with(ImageOptions options) {
    OptionalInt min = options.minPixels();
    OptionalInt max = options.maxPixels();
    PixelBounds changed = new PixelBounds(min.orElse(this.min), max.orElse(this.max));
    if ((min.isPresent() || max.isPresent()) && changed.max < changed.min) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "max_pixels = "
              + changed.max
              + " is below min_pixels = "
              + changed.min
              + ", of which one is the default here: give both");
    }
    return changed;
  }
}
