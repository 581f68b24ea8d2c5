package dev.vlm4j.spi;

/** A setting of {@link dev.vlm4j.api.ImageOptions} that a processor may have. */
public enum ImageSetting {
  /** Lower bound of the number of pixels. */
  MIN_PIXELS,
  /** Upper bound of the number of pixels. */
  MAX_PIXELS,
  /** Height and width that the picture is resized to first. */
  RESIZED_SIZE,
  /** Crops of long pictures beside the whole. */
  PAN_AND_SCAN
}
