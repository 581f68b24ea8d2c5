package dev.vlm4j.models.image;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.RgbImage;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a checkpoint's processor resizes pictures.
 *
 * @param resampler whose bytes come out
 * @param filter of all resizing
 */
public record PictureResize(Resampler resampler, ResampleFilter filter) {
  /**
   * Reads the settings of a checkpoint.
   *
   * @param fallback the filter of the processor's class, if the files name none
   * @throws dev.vlm4j.error.VlmException {@code CONFIG_INVALID} for a filter that does not exist
   */
  public static PictureResize of(CheckpointConfig files, ResampleFilter fallback) {
    return of(files.processor(ImageProcessorConfig.class), files.imageBackend(), fallback);
  }

  static PictureResize of(
      ImageProcessorConfig config, ImageBackend backend, ResampleFilter fallback) {
    int code = Objects.requireNonNullElse(config.resample(), fallback.code());
    return new PictureResize(Resampler.of(backend), ResampleFilter.ofCode(code));
  }

  /**
   * Resizes a picture; it comes back itself if it has that size.
   *
   * @throws dev.vlm4j.error.VlmException as {@link Resampler#resize}
   */
  public RgbImage to(Extent target, RgbImage image) {
    return resampler.resize(image, target.width(), target.height(), filter);
  }

  /**
   * Resizes a picture band by band: what needs the result once needs no room for all of it.
   *
   * @param rows height of a band; divides the target height
   * @param taker is shown pictures of the whole width and of one or more bands, from top to bottom,
   *     whose pixels change afterwards
   * @throws dev.vlm4j.error.VlmException as {@link Resampler#resize}
   */
  public void inBands(Extent target, RgbImage image, int rows, Consumer<RgbImage> taker) {
    resampler.resizeInBands(image, target, filter, rows, taker);
  }
}
