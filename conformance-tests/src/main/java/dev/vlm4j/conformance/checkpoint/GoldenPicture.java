package dev.vlm4j.conformance.checkpoint;

import dev.vlm4j.api.Content;
import dev.vlm4j.api.Image;
import dev.vlm4j.api.ImageOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/** A picture of a recorded request: its name, then settings such as {@code max_pixels=3136}. */
final class GoldenPicture {
  private GoldenPicture() {}

  static Content.Picture read(String words, Function<String, Path> files) {
    List<String> all = Arrays.asList(words.split(" "));
    List<String> settings = all.subList(1, all.size());
    ImageOptions options =
        new ImageOptions(
            number(settings, "min_pixels"),
            number(settings, "max_pixels"),
            number(settings, "resized_height"),
            number(settings, "resized_width"));
    return new Content.Picture(Image.of(files.apply(all.get(0))), options);
  }

  private static OptionalInt number(List<String> settings, String name) {
    return settings.stream()
        .filter(setting -> setting.startsWith(name + "="))
        .mapToInt(setting -> Integer.parseInt(setting.substring(name.length() + 1)))
        .findFirst();
  }
}
