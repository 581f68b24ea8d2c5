package dev.vlm4j.zoo.cli;

import dev.vlm4j.error.VlmException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes pictures. */
final class PngOutput {
  private PngOutput() {}

  /**
   * Writes a PNG file.
   *
   * @throws VlmException {@code IO_FAILURE}
   */
  static void write(BufferedImage picture, Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      if (!ImageIO.write(picture, "png", out)) {
        throw new IOException("no PNG writer");
      }
    } catch (IOException e) {
      throw OutputPlace.failure(file, e);
    }
  }
}
