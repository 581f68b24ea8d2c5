package dev.vlm4j.models.image;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a processor's settings in the notation of {@code pipelines.txt}. */
final class GoldenConfig {
  private final Map<String, String> settings = new HashMap<>();

  private GoldenConfig(String text) {
    for (String setting : text.split(",")) {
      if (!setting.isEmpty()) {
        String[] pair = setting.split("=", 2);
        settings.put(pair[0], pair[1]);
      }
    }
  }

  /** Parses {@code ClassName;key=value,key=value}. */
  static ImageProcessorConfig parse(String text) {
    String[] parts = text.split(";", 2);
    GoldenConfig golden = new GoldenConfig(parts[1]);
    return new ImageProcessorConfig(
        parts[0],
        golden.flag("do_resize"),
        golden.size("size"),
        golden.number("resample"),
        golden.flag("do_center_crop"),
        golden.size("crop_size"),
        golden.flag("do_rescale"),
        golden.real("rescale_factor"),
        golden.flag("do_normalize"),
        golden.reals("image_mean"),
        golden.reals("image_std"),
        golden.flag("do_pad"),
        golden.size("pad_size"),
        null,
        null);
  }

  private @Nullable Boolean flag(String key) {
    String value = settings.get(key);
    return value == null ? null : Boolean.valueOf(value);
  }

  private @Nullable Integer number(String key) {
    String value = settings.get(key);
    return value == null ? null : Integer.valueOf(value);
  }

  private @Nullable Double real(String key) {
    String value = settings.get(key);
    return value == null ? null : Double.valueOf(value);
  }

  private @Nullable List<Double> reals(String key) {
    String value = settings.get(key);
    return value == null ? null : Arrays.stream(value.split("/")).map(Double::valueOf).toList();
  }

  private @Nullable ImageSize size(String key) {
    String value = settings.get(key);
    if (value == null) {
      return null;
    }
    if (!value.contains(":")) {
      return ImageSize.of(Integer.parseInt(value));
    }
    Map<String, Integer> edges = new HashMap<>();
    for (String edge : value.split("/")) {
      edges.put(edge.split(":")[0], Integer.valueOf(edge.split(":")[1]));
    }
    return new ImageSize(
        edges.get("height"),
        edges.get("width"),
        edges.get("shortest_edge"),
        edges.get("longest_edge"),
        edges.get("max_height"),
        edges.get("max_width"),
        null,
        null,
        null);
  }
}
