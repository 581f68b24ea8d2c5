package dev.vlm4j.zoo.image;

import dev.vlm4j.error.VlmException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Decodes one picture, in a virtual machine of its own. Argument: its path. */
final class LargePictures {
  private LargePictures() {}

  public static void main(String[] arguments) throws IOException {
    byte[] file = Files.readAllBytes(Path.of(arguments[0]));
    String outcome;
    try {
      outcome = "width " + new ImageDecoder().decode(file).width();
    } catch (VlmException e) {
      outcome = e.code() + ": " + e.getMessage();
    }
    System.out.write(outcome.getBytes(StandardCharsets.US_ASCII));
    System.out.flush();
  }

  /** Returns a file of that format; lines of gray, little of it. */
  static byte[] file(String format, int width, int height) throws IOException {
    boolean palette = format.equals("gif");
    BufferedImage image =
        new BufferedImage(
            width,
            height,
            palette ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y += 16) {
      image.setRGB(y % width, y, 0x808080);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IOException("no writer for " + format);
    }
    return out.toByteArray();
  }
}
