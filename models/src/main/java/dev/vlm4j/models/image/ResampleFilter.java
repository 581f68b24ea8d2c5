package dev.vlm4j.models.image;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;

/** Interpolation filters, with the numbers that preprocessor files use for them. */
public enum ResampleFilter {
  /** Copies the nearest pixel. */
  NEAREST(0, 0.0),
  /** Windowed sinc over three lobes. */
  LANCZOS(1, 3.0),
  /** Triangle. */
  BILINEAR(2, 1.0),
  /** Cubic convolution with a = -0.5. */
  BICUBIC(3, 2.0),
  /** Unweighted mean of the covered pixels. */
  BOX(4, 0.5),
  /** Sinc over one lobe with a Hamming window. */
  HAMMING(5, 1.0);

  private final int code;
  private final double support;

  ResampleFilter(int code, double support) {
    this.code = code;
    this.support = support;
  }

  /**
   * Returns the filter with the number that {@code resample} has in a preprocessor file.
   *
   * @param code 0 to 5
   * @throws VlmException {@code CONFIG_INVALID} for any other number
   */
  public static ResampleFilter ofCode(int code) {
    for (ResampleFilter filter : values()) {
      if (filter.code == code) {
        return filter;
      }
    }
    throw new VlmException(
        ErrorCode.CONFIG_INVALID,
        "Unknown resample filter "
            + code
            + " in the image processor's configuration; known are 0"
            + " (nearest), 1 (Lanczos), 2 (bilinear), 3 (bicubic), 4 (box) and 5 (Hamming).");
  }

  /** Returns the number of this filter in a preprocessor file. */
  public int code() {
    return code;
  }

  /** Half the width of the filter, in source pixels at scale 1. */
  double support() {
    return support;
  }

  /** Weight at distance {@code x} from the centre, not normalised. */
  double weight(double x) {
    double distance = Math.abs(x);
    return switch (this) {
      case LANCZOS -> distance < 3.0 ? sinc(distance) * sinc(distance / 3.0) : 0.0;
      case BILINEAR -> distance < 1.0 ? 1.0 - distance : 0.0;
      case BICUBIC -> cubic(distance);
      case BOX -> x > -0.5 && x <= 0.5 ? 1.0 : 0.0;
      case HAMMING -> hamming(distance);
      case NEAREST -> throw new IllegalStateException("nearest has no weights");
    };
  }

  private static double sinc(double x) {
    if (x == 0.0) {
      return 1.0;
    }
    double angle = x * Math.PI;
    return Math.sin(angle) / angle;
  }

  private static double cubic(double x) {
    double a = -0.5;
    if (x < 1.0) {
      return ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0;
    }
    return x < 2.0 ? (((x - 5.0) * x + 8.0) * x - 4.0) * a : 0.0;
  }

  private static double hamming(double x) {
    if (x >= 1.0) {
      return 0.0;
    }
    // Pillow writes the two window constants as floats; their rounding reaches the weights.
    return x == 0.0 ? 1.0 : sinc(x) * (0.54f + 0.46f * Math.cos(x * Math.PI));
  }
}
