package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.ImageOptions;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that bound what models see of pictures. */
final class PixelOptions {
  @Option(
      names = "--min-pixels",
      paramLabel = "N",
      description = "enlarge smaller pictures to N pixels (Qwen-VL)")
  private @Nullable Integer minPixels;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "shrink larger pictures to N pixels (Qwen-VL)")
  private @Nullable Integer maxPixels;

  /**
   * Returns the settings for all pictures.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} for impossible ones
   */
  ImageOptions imageOptions() {
    atLeastOne("--min-pixels", minPixels);
    atLeastOne("--max-pixels", maxPixels);
    ImageOptions options = ImageOptions.NONE;
    options = minPixels == null ? options : options.withMinPixels(minPixels);
    return maxPixels == null ? options : options.withMaxPixels(maxPixels);
  }

  private static void atLeastOne(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT, option + " must be at least 1, got " + value);
    }
  }
}
