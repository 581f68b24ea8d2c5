package dev.vlm4j.models.gemma3;

import dev.vlm4j.models.image.Window;
import dev.vlm4j.spi.RgbImage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Crops of a long picture, in a row along its longer side. What preprocessor files say about it is
 * never read by the reference: only these values count.
 *
 * @param minCrop least side of a crop, in pixels
 * @param maxCrops most crops of a picture
 * @param minRatio pictures whose longer side is a smaller multiple of the shorter one have no crops
 */
record PanAndScan(int minCrop, int maxCrops, double minRatio) {
  static final PanAndScan DEFAULT = new PanAndScan(256, 4, 1.2);

  /** Returns the crops; the last one may be smaller than the others. */
  List<RgbImage> crops(RgbImage image) {
    boolean wide = image.width() >= image.height();
    int longer = wide ? image.width() : image.height();
    int shorter = wide ? image.height() : image.width();
    double ratio = (double) longer / shorter;
    if (ratio < minRatio) {
      return List.of();
    }
    int fitting = Math.min(longer / minCrop, (int) Math.floor(ratio + 0.5));
    int count = Math.min(maxCrops, Math.max(2, fitting));
    int side = (longer + count - 1) / count;
    if (Math.min(side, shorter) < minCrop) {
      return List.of();
    }
    return IntStream.range(0, count)
        .mapToObj(i -> window(image, wide, i * side, Math.min(side, longer - i * side)))
        .toList();
  }

  private static RgbImage window(RgbImage image, boolean wide, int from, int length) {
    Window window =
        wide
            ? new Window(0, from, image.height(), length)
            : new Window(from, 0, length, image.width());
    return window.cut(image);
  }
}
