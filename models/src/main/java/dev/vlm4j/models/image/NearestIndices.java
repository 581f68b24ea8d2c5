package dev.vlm4j.models.image;

import dev.vlm4j.spi.RgbImage;

/** Source positions for nearest-neighbour resizing. */
final class NearestIndices {
  private static final int CHANNELS = RgbImage.CHANNELS;
  private static final int OUTSIDE = -1;

  private NearestIndices() {}

  /**
   * torch's nearest-exact, in single precision. Its x86 build fuses the multiplication with the
   * subtraction, which decides ties such as the middle of two rows enlarged to 477.
   */
  static int[] exact(int source, int target) {
    float scale = (float) source / target;
    int[] indices = new int[target];
    for (int i = 0; i < target; i++) {
      float position = Math.max(Math.fma(scale, i + 0.5f, -0.5f), 0.0f);
      indices[i] = Math.min((int) Math.floor((float) (position + 0.5)), source - 1);
    }
    return indices;
  }

  /** Pillow's: a position that is advanced by addition, so that rounding errors accumulate. */
  static int[] accumulated(int source, int target) {
    double step = (double) source / target;
    double position = step * 0.5;
    int[] indices = new int[target];
    for (int i = 0; i < target; i++) {
      indices[i] = (int) position < source ? (int) position : OUTSIDE;
      position += step;
    }
    return indices;
  }

  /** Copies the chosen pixels of the window; positions outside of the source stay black. */
  static RgbImage pick(RgbImage image, int[] columns, int[] rows, Window window) {
    byte[] target = new byte[window.height() * window.width() * CHANNELS];
    int out = 0;
    for (int y = 0; y < window.height(); y++) {
      int row = rows[window.top() + y];
      for (int x = 0; x < window.width(); x++, out += CHANNELS) {
        int column = columns[window.left() + x];
        if (row != OUTSIDE && column != OUTSIDE) {
          int in = (row * image.width() + column) * CHANNELS;
          System.arraycopy(image.data(), in, target, out, CHANNELS);
        }
      }
    }
    return new RgbImage(window.width(), window.height(), target);
  }
}
