package dev.vlm4j.zoo.image;

import dev.vlm4j.spi.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Pictures and expectations that {@code image_fixtures.py} writes. */
final class Fixtures {
  private Fixtures() {}

  static byte[] bytes(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  /** The expectation line of a decoded picture. */
  static String line(String name, RgbImage image) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(image.data());
      return String.join(
          " ",
          name,
          Integer.toString(image.width()),
          Integer.toString(image.height()),
          HexFormat.of().formatHex(sum));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
