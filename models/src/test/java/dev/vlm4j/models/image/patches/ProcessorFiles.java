package dev.vlm4j.models.image.patches;

import dev.vlm4j.models.image.ImageProcessorConfig;
import dev.vlm4j.models.image.ImageSize;
import dev.vlm4j.spi.CheckpointConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The processor settings of published checkpoints, under the names of {@code qwenvl_goldens.py}.
 */
record ProcessorFiles(
    @Nullable ImageSize size,
    @Nullable Integer minPixels,
    @Nullable Integer maxPixels,
    @Nullable Integer patchSize,
    @Nullable List<Double> meanAndStd)
    implements CheckpointConfig {
  private static final int IMAGE_TOKEN = 9;
  private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);

  static PatchProcessor processor(String name) {
    return new PatchProcessor(
        switch (name) {
          case "qwen2" -> new ProcessorFiles(null, 3136, 12845056, null, null);
          case "awq" -> new ProcessorFiles(pixels(3136, 1003520), 3136, 1003520, null, null);
          case "qwen3" -> new ProcessorFiles(edges(65536, 16777216), null, null, 16, HALF);
          case "embedding" -> new ProcessorFiles(edges(4096, 1310720), 4096, 1310720, 16, HALF);
          case "silent" -> new ProcessorFiles(null, null, null, null, null);
          default -> throw new IllegalArgumentException(name);
        },
        IMAGE_TOKEN);
  }

  static ImageSize edges(@Nullable Integer shortest, @Nullable Integer longest) {
    return new ImageSize(null, null, shortest, longest, null, null, null, null, null);
  }

  static ImageSize pixels(int min, int max) {
    return new ImageSize(null, null, null, null, null, null, min, max, null);
  }

  @Override
  public String modelType() {
    return "qwen2_vl";
  }

  @Override
  public <T> T model(Class<T> type) {
    throw new UnsupportedOperationException(type.toString());
  }

  @Override
  public <T> T processor(Class<T> type) {
    Record settings =
        type == PatchConfig.class
            ? new PatchConfig(
                "Qwen2VLImageProcessor", size, minPixels, maxPixels, patchSize, null, null)
            : new ImageProcessorConfig(
                null,
                null,
                size,
                null,
                null,
                null,
                null,
                null,
                null,
                meanAndStd,
                meanAndStd,
                null,
                null,
                null,
                patchSize);
    return type.cast(settings);
  }

  @Override
  public <T> T generation(Class<T> type) {
    throw new UnsupportedOperationException(type.toString());
  }

  @Override
  public int tokenId(String token) {
    throw new UnsupportedOperationException(token);
  }
}
