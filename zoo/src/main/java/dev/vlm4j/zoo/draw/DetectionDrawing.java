package dev.vlm4j.zoo.draw;

import dev.vlm4j.api.Detection;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.RgbImage;
import java.awt.AWTError;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Draws detections onto a copy of their picture: outlines with a dark rim and labels on a ground of
 * their own, so that both can be seen on any picture. Things of one name have one colour. A picture
 * too small for labels is enlarged by a whole factor first. Needs no screen.
 */
public final class DetectionDrawing {
  /** A picture with a shorter side below this is enlarged. */
  private static final int SMALLEST_SIDE = 240;

  /** No side is enlarged beyond this. */
  private static final int LARGEST_SIDE = 4096;

  private DetectionDrawing() {}

  /**
   * Returns a new picture.
   *
   * @param image the original picture
   * @param detections in its pixels
   * @throws VlmException {@code ENGINE_FAILURE} if this Java cannot draw text
   */
  public static BufferedImage draw(RgbImage image, List<Detection> detections) {
    int factor = factor(image.width(), image.height());
    BufferedImage canvas = enlarged(image, factor);
    Graphics2D graphics = canvas.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      drawAll(graphics, new Canvas(canvas.getWidth(), canvas.getHeight(), factor), detections);
    } catch (InternalError | AWTError | LinkageError e) {
      throw new VlmException(
          ErrorCode.ENGINE_FAILURE,
          "this Java cannot draw text ("
              + e.getMessage()
              + "): install a complete Java runtime, fontconfig and a font, for example DejaVu",
          e);
    } finally {
      graphics.dispose();
    }
    return canvas;
  }

  private static void drawAll(Graphics2D graphics, Canvas canvas, List<Detection> detections) {
    ColorsByLabel colors = new ColorsByLabel(detections);
    RegionPainter painter = new RegionPainter(graphics, canvas);
    // Large things first: small ones inside of them stay visible.
    IntStream.range(0, detections.size())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -canvas.area(detections.get(i).region())))
        .forEach(i -> painter.paint(detections.get(i).region(), colors.of(detections.get(i))));
    LabelPainter labels = new LabelPainter(graphics, canvas);
    for (int i = 0; i < detections.size(); i++) {
      labels.paint(i, detections.get(i), colors.of(detections.get(i)));
    }
  }

  private static int factor(int width, int height) {
    int shorter = Math.min(width, height);
    int wanted = (SMALLEST_SIDE + shorter - 1) / shorter;
    return Math.max(1, Math.min(wanted, LARGEST_SIDE / Math.max(width, height)));
  }

  private static BufferedImage enlarged(RgbImage image, int factor) {
    int width = image.width() * factor;
    BufferedImage canvas =
        new BufferedImage(width, image.height() * factor, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < width; x++) {
        row[x] = rgb(image, y * image.width() + x / factor);
      }
      for (int copy = 0; copy < factor; copy++) {
        canvas.setRGB(0, y * factor + copy, width, 1, row, 0, width);
      }
    }
    return canvas;
  }

  private static int rgb(RgbImage image, int pixel) {
    byte[] data = image.data();
    int at = pixel * RgbImage.CHANNELS;
    return Byte.toUnsignedInt(data[at]) << 16
        | Byte.toUnsignedInt(data[at + 1]) << 8
        | Byte.toUnsignedInt(data[at + 2]);
  }
}
