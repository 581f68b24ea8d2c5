package dev.vlm4j.models.image;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.PixelLayout;
import dev.vlm4j.spi.RgbImage;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns bytes into floats: {@code (x - shift) / divisor}, or {@code x * factor}, in the reference's
 * order of operations. There are only 256 inputs a channel, so they are tabulated.
 *
 * <p>Immutable and safe for concurrent use.
 */
public final class PixelScaling {
  private static final int LEVELS = 256;

  private final float[][] tables;

  private PixelScaling(float[][] tables) {
    this.tables = tables;
  }

  /**
   * Returns the scaling that a preprocessor file asks for.
   *
   * @param mean of each channel, if the file is silent
   * @param std of each channel, if the file is silent
   * @throws VlmException {@code CONFIG_INVALID} for values that cannot work
   */
  public static PixelScaling of(CheckpointConfig files, List<Double> mean, List<Double> std) {
    return of(files.processor(ImageProcessorConfig.class), mean, std, files.imageBackend());
  }

  static PixelScaling of(
      ImageProcessorConfig config, List<Double> mean, List<Double> std, ImageBackend backend) {
    List<Double> means = orElse(config.imageMean(), mean);
    List<Double> deviations = orElse(config.imageStd(), std);
    boolean rescales = orElse(config.doRescale(), true);
    double factor = orElse(config.rescaleFactor(), 1.0 / 255);
    boolean normalises = orElse(config.doNormalize(), true);
    if (backend == ImageBackend.PIL) {
      PixelScaling scaled = rescales ? doubleFactor(factor) : none();
      return normalises ? scaled.thenNormalised(means, deviations) : scaled;
    }
    if (normalises) {
      return rescales ? normalisedAfter(factor, means, deviations) : normalised(means, deviations);
    }
    return rescales ? factor(factor) : none();
  }

  private static <T> T orElse(@Nullable T value, T fallback) {
    return Objects.requireNonNullElse(value, fallback);
  }

  /** The bytes as they are, 0..255. */
  static PixelScaling none() {
    return factor(1.0);
  }

  /** Multiplies by {@code factor}, rounded to single precision first. */
  static PixelScaling factor(double factor) {
    float[][] tables = new float[RgbImage.CHANNELS][LEVELS];
    for (float[] table : tables) {
      for (int level = 0; level < LEVELS; level++) {
        table[level] = level * (float) factor;
      }
    }
    return new PixelScaling(tables);
  }

  /** Multiplies in double precision and rounds the products. */
  private static PixelScaling doubleFactor(double factor) {
    float[][] tables = new float[RgbImage.CHANNELS][LEVELS];
    for (float[] table : tables) {
      for (int level = 0; level < LEVELS; level++) {
        table[level] = (float) (level * factor);
      }
    }
    return new PixelScaling(tables);
  }

  /** Normalises what this gives, a step of its own. */
  private PixelScaling thenNormalised(List<Double> mean, List<Double> std) {
    float[][] changed = new float[RgbImage.CHANNELS][LEVELS];
    for (int c = 0; c < RgbImage.CHANNELS; c++) {
      float shift = channel(mean, c).floatValue();
      float divisor = nonZero(channel(std, c).floatValue());
      for (int level = 0; level < LEVELS; level++) {
        changed[c][level] = (tables[c][level] - shift) / divisor;
      }
    }
    return new PixelScaling(changed);
  }

  /** Normalises bytes that are not rescaled. */
  static PixelScaling normalised(List<Double> mean, List<Double> std) {
    return normalised(mean, std, 1.0f);
  }

  /** Normalises rescaled bytes: the factor is moved into mean and standard deviation. */
  static PixelScaling normalisedAfter(double factor, List<Double> mean, List<Double> std) {
    return normalised(mean, std, (float) (1.0 / factor));
  }

  private static PixelScaling normalised(List<Double> mean, List<Double> std, float inverse) {
    float[][] tables = new float[RgbImage.CHANNELS][LEVELS];
    for (int c = 0; c < RgbImage.CHANNELS; c++) {
      float shift = channel(mean, c).floatValue() * inverse;
      float divisor = nonZero(channel(std, c).floatValue() * inverse);
      for (int level = 0; level < LEVELS; level++) {
        tables[c][level] = (level - shift) / divisor;
      }
    }
    return new PixelScaling(tables);
  }

  private static float nonZero(float divisor) {
    if (divisor == 0.0f) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID, "image_std contains zero; correct preprocessor_config.json.");
    }
    return divisor;
  }

  /** A list of one number counts for all channels. */
  private static Double channel(List<Double> numbers, int channel) {
    if (numbers.size() != 1 && numbers.size() != RgbImage.CHANNELS) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "image_mean and image_std need 1 or 3 numbers, got "
              + numbers
              + "; correct preprocessor_config.json.");
    }
    return numbers.get(numbers.size() == 1 ? 0 : channel);
  }

  /** Returns how planes are looked at. */
  public PixelLayout layout() {
    return PixelLayout.planes(ofLevel(0), ofLevel(LEVELS - 1));
  }

  private List<Float> ofLevel(int level) {
    return Arrays.stream(tables).map(table -> table[level]).toList();
  }

  /**
   * Writes the values of pixels that lie side by side, each channel to a place of its own.
   *
   * @param image their picture
   * @param pixel the first one, counted by rows
   * @param count how many
   * @param target takes them
   * @param offset where the red of the first one goes
   * @param plane how far green is from red, and blue from green
   */
  public void writeRun(
      RgbImage image, int pixel, int count, float[] target, int offset, int plane) {
    float[] red = tables[0];
    float[] green = tables[1];
    float[] blue = tables[2];
    byte[] data = image.data();
    int in = pixel * RgbImage.CHANNELS;
    for (int i = offset; i < offset + count; i++, in += RgbImage.CHANNELS) {
      target[i] = red[data[in] & 0xFF];
      target[i + plane] = green[data[in + 1] & 0xFF];
      target[i + 2 * plane] = blue[data[in + 2] & 0xFF];
    }
  }

  /** Returns the planes {@code [3, height, width]}, channels R, G, B. */
  public float[] planes(RgbImage image) {
    return planes(image, new Extent(image.height(), image.width()));
  }

  /** Returns the planes one after the other in {@code [3, height, width]} of a larger frame. */
  float[] planes(RgbImage image, Extent frame) {
    long plane = (long) frame.height() * frame.width();
    if (plane * RgbImage.CHANNELS > Integer.MAX_VALUE - 8L) {
      throw new VlmException(
          ErrorCode.IMAGE_TOO_LARGE,
          "The model input of "
              + frame.width()
              + " x "
              + frame.height()
              + " pixels does not fit in memory; crop the picture to a less extreme shape.");
    }
    float[] values = new float[(int) plane * RgbImage.CHANNELS];
    write(image, frame, values, 0);
    return values;
  }

  /** Writes the planes into those of a larger frame, which begin at {@code offset}. */
  void write(RgbImage image, Extent frame, float[] values, int offset) {
    int plane = frame.height() * frame.width();
    for (int y = 0; y < image.height(); y++) {
      int out = offset + y * frame.width();
      writeRun(image, y * image.width(), image.width(), values, out, plane);
    }
  }
}
