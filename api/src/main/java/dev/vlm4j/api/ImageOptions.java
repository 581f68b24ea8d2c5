package dev.vlm4j.api;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.ImageSetting;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a picture is presented to a model, for processors that leave it open. A setting that the
 * model's processor does not have is refused when the picture is used.
 *
 * @param minPixels smaller pictures are enlarged to about this number of pixels (Qwen-VL)
 * @param maxPixels larger pictures are shrunk to about this number of pixels (Qwen-VL)
 * @param resizedHeight height to resize to before anything else, in pixels (Qwen-VL)
 * @param resizedWidth width to resize to before anything else, in pixels (Qwen-VL)
 * @param panAndScan whether crops of long pictures are shown beside the whole (Gemma 3)
 */
public record ImageOptions(
    OptionalInt minPixels,
    OptionalInt maxPixels,
    OptionalInt resizedHeight,
    OptionalInt resizedWidth,
    boolean panAndScan) {
  /** The checkpoint's own settings. */
  public static final ImageOptions NONE =
      new ImageOptions(
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          false);

  /**
   * Rejects impossible settings.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} for numbers below 1, {@code maxPixels} below
   *     {@code minPixels}, or only one of {@code resizedHeight} and {@code resizedWidth}
   */
  public ImageOptions {
    positive("min_pixels", minPixels);
    positive("max_pixels", maxPixels);
    positive("resized_height", resizedHeight);
    positive("resized_width", resizedWidth);
    if (minPixels.isPresent()
        && maxPixels.isPresent()
        && maxPixels.getAsInt() < minPixels.getAsInt()) {
      throw invalid(
          "max_pixels = "
              + maxPixels.getAsInt()
              + " is below min_pixels = "
              + minPixels.getAsInt());
    }
    if (resizedHeight.isPresent() != resizedWidth.isPresent()) {
      throw invalid("resized_height and resized_width go together: give both or none");
    }
  }

  /** Options of size alone. */
  public ImageOptions(
      OptionalInt minPixels,
      OptionalInt maxPixels,
      OptionalInt resizedHeight,
      OptionalInt resizedWidth) {
    this(minPixels, maxPixels, resizedHeight, resizedWidth, false);
  }

  /** Returns these options with a lower bound. */
  public ImageOptions withMinPixels(int pixels) {
    return new ImageOptions(
        OptionalInt.of(pixels), maxPixels, resizedHeight, resizedWidth, panAndScan);
  }

  /** Returns these options with an upper bound. */
  public ImageOptions withMaxPixels(int pixels) {
    return new ImageOptions(
        minPixels, OptionalInt.of(pixels), resizedHeight, resizedWidth, panAndScan);
  }

  /** Returns these options with a size to resize to first. */
  public ImageOptions withResizedSize(int height, int width) {
    return new ImageOptions(
        minPixels, maxPixels, OptionalInt.of(height), OptionalInt.of(width), panAndScan);
  }

  /** Returns these options with crops of long pictures beside the whole. */
  public ImageOptions withPanAndScan() {
    return new ImageOptions(minPixels, maxPixels, resizedHeight, resizedWidth, true);
  }

  /** Returns which settings are given. */
  public Set<ImageSetting> settings() {
    Set<ImageSetting> given = EnumSet.noneOf(ImageSetting.class);
    if (minPixels.isPresent()) {
      given.add(ImageSetting.MIN_PIXELS);
    }
    if (maxPixels.isPresent()) {
      given.add(ImageSetting.MAX_PIXELS);
    }
    if (resizedHeight.isPresent()) {
      given.add(ImageSetting.RESIZED_SIZE);
    }
    if (panAndScan) {
      given.add(ImageSetting.PAN_AND_SCAN);
    }
    return given;
  }

  private static void positive(String name, OptionalInt value) {
    if (value.isPresent() && value.getAsInt() < 1) {
      throw invalid(name + " must be at least 1, got " + value.getAsInt());
    }
  }

  private static VlmException invalid(String reason) {
    return new VlmException(ErrorCode.INVALID_ARGUMENT, reason);
  }
}
