package dev.vlm4j.models.image;

import dev.vlm4j.spi.CheckpointConfig;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a processor with tiles.
 *
 * @param image those that others have too
 * @param grids its own; null if the file is silent
 */
public record AnyresFiles(ImageProcessorConfig image, @Nullable List<List<Integer>> grids)
    implements CheckpointConfig {
  private static final String GRIDS = "image_grid_pinpoints=";

  /** Returns the defaults of a class. */
  public static AnyresFiles silent(String type) {
    return new AnyresFiles(ImageProcessorConfig.ofType(type), null);
  }

  /** Parses the notation of {@code tiles.txt}. */
  static AnyresFiles parse(String text) {
    List<List<Integer>> grids =
        Arrays.stream(text.split("[;,]"))
            .filter(setting -> setting.startsWith(GRIDS))
            .flatMap(setting -> Arrays.stream(setting.substring(GRIDS.length()).split("/")))
            .map(size -> Arrays.stream(size.split("x")).map(Integer::valueOf).toList())
            .toList();
    return new AnyresFiles(GoldenConfig.parse(text), grids.isEmpty() ? null : grids);
  }

  @Override
  public String modelType() {
    return "llava_next";
  }

  @Override
  public <T> T model(Class<T> type) {
    throw new UnsupportedOperationException(type.toString());
  }

  @Override
  public <T> T processor(Class<T> type) {
    return type.cast(type == AnyresConfig.class ? new AnyresConfig(grids) : image);
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
