package dev.vlm4j.models.image;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.PixelLayout;
import dev.vlm4j.spi.RgbImage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From a picture to {@code pixel_values}, bit for bit like the reference's image processors on CPU:
 * LLaVA's padding, resizing, centre crop, rescaling and normalisation, padding.
 *
 * <p>Immutable and safe for concurrent use. The pixels that the crop discards are never computed,
 * so that a picture of an extreme shape costs no more memory than its crop.
 */
public final class ImagePipeline {
  private final @Nullable PadToSquare padToSquare;
  private final @Nullable ImageSize size;
  private final PictureResize resize;
  private final @Nullable CenterCrop crop;
  private final PixelScaling scaling;
  private final @Nullable Extent padded;

  /** Builds the pipeline of a class whose defaults are known. */
  ImagePipeline(ImageProcessorConfig config, ProcessorDefaults defaults, ImageBackend backend) {
    boolean pads = orElse(config.doPad(), false);
    List<Double> mean = orElse(config.imageMean(), defaults.mean());
    this.padToSquare =
        pads && defaults.padding() == ProcessorDefaults.Padding.SQUARE ? squarePadding(mean) : null;
    this.size = orElse(config.doResize(), true) ? sizeOf(config, defaults) : null;
    this.resize = PictureResize.of(config, backend, defaults.filter());
    this.crop =
        orElse(config.doCenterCrop(), defaults.centerCrop())
            ? cropOf(config, defaults, backend)
            : null;
    this.scaling = PixelScaling.of(config, defaults.mean(), defaults.std(), backend);
    this.padded =
        pads && defaults.padding() == ProcessorDefaults.Padding.FRAME && config.padSize() != null
            ? fixed(config.padSize(), "pad_size")
            : null;
  }

  /**
   * Builds the pipeline of a checkpoint.
   *
   * @param type the processor class that is meant if the files name none
   * @throws VlmException {@code ARCHITECTURE_UNSUPPORTED} for another processor class than CLIP's,
   *     LLaVA's, SigLIP's, BLIP's and Gemma 3's; {@code CONFIG_INVALID} for values that cannot work
   */
  public static ImagePipeline of(CheckpointConfig files, String type) {
    return of(files.processor(ImageProcessorConfig.class), type, files.imageBackend());
  }

  static ImagePipeline of(ImageProcessorConfig config, String type, ImageBackend backend) {
    String named = orElse(config.imageProcessorType(), type);
    return new ImagePipeline(config, ProcessorDefaults.of(named), backend);
  }

  /**
   * Processes one picture.
   *
   * @return {@code [3, height, width]} row-major, channels R, G, B; the size is that of {@link
   *     #outputExtent}. Without rescaling and normalisation the values are 0..255.
   * @throws VlmException {@code IMAGE_TOO_LARGE} if an extreme shape gives more pixels than an
   *     array holds, {@code INVALID_ARGUMENT} if a side would shrink to nothing or the picture
   *     exceeds {@code pad_size}
   */
  public float[] apply(RgbImage image) {
    RgbImage cropped = cropped(image);
    return scaling.planes(cropped, frame(new Extent(cropped.height(), cropped.width())));
  }

  /**
   * Processes one picture into a part of an array.
   *
   * @throws VlmException as {@link #apply}, and {@code CONFIG_INVALID} if the result is not of the
   *     wanted size
   */
  void write(RgbImage image, Extent wanted, float[] values, int offset) {
    RgbImage cropped = cropped(image);
    Extent frame = frame(new Extent(cropped.height(), cropped.width()));
    if (!frame.equals(wanted)) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "The processor makes pictures of different sizes: the sizes in image_grid_pinpoints are"
              + " no multiples of crop_size or size. Correct preprocessor_config.json.");
    }
    scaling.write(cropped, frame, values, offset);
  }

  private RgbImage cropped(RgbImage image) {
    RgbImage picture = padToSquare == null ? image : padToSquare.apply(image);
    Extent resized = resizedExtent(new Extent(picture.height(), picture.width()));
    Window window =
        crop == null ? Window.all(resized.height(), resized.width()) : crop.window(resized);
    RgbImage shown = resize.resampler().resize(picture, resized, window, resize.filter());
    return crop == null ? shown : crop.place(shown);
  }

  /** Returns how the result is looked at. */
  public PixelLayout layout() {
    return scaling.layout();
  }

  /**
   * Returns the size of the result for a picture of this size.
   *
   * @param height rows of the picture, at least 1
   * @param width pixels in a row of the picture, at least 1
   * @throws VlmException as {@link #apply}
   */
  public Extent outputExtent(int height, int width) {
    int side = Math.max(height, width);
    Extent picture = padToSquare == null ? new Extent(height, width) : new Extent(side, side);
    Extent resized = resizedExtent(picture);
    return frame(crop == null ? resized : new Extent(crop.height(), crop.width()));
  }

  /**
   * Returns the size of the result for every picture.
   *
   * @throws VlmException {@code CONFIG_INVALID} if the result's size depends on the picture
   */
  public Extent fixedExtent() {
    Extent wide = outputExtent(1, 2);
    if (!wide.equals(outputExtent(2, 1))) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "The model wants pictures of one size, the processor keeps their shape; correct size or"
              + " do_center_crop in preprocessor_config.json.");
    }
    return wide;
  }

  private Extent resizedExtent(Extent picture) {
    return size == null ? picture : ResizeTarget.of(size, picture);
  }

  private Extent frame(Extent content) {
    if (padded == null) {
      return content;
    }
    if (content.height() > padded.height() || content.width() > padded.width()) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "The processed picture has "
              + content.width()
              + " x "
              + content.height()
              + " pixels, more than the pad_size "
              + padded.width()
              + " x "
              + padded.height()
              + "; give a smaller picture.");
    }
    return padded;
  }

  static PadToSquare squarePadding(List<Double> mean) {
    if (mean.size() != RgbImage.CHANNELS) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "Padding to a square needs an image_mean of 3 numbers, got "
              + mean
              + "; correct preprocessor_config.json.");
    }
    return PadToSquare.ofMean(mean);
  }

  static ImageSize sizeOf(ImageProcessorConfig config, ProcessorDefaults defaults) {
    ImageSize size = orElse(config.size(), defaults.size());
    return defaults.squareByDefault() ? size.edgeAsSquare() : size.edgeAsShortest();
  }

  static CenterCrop cropOf(
      ImageProcessorConfig config, ProcessorDefaults defaults, ImageBackend backend) {
    ImageSize cropSize = config.cropSize() == null ? defaults.cropSize() : config.cropSize();
    if (cropSize == null) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "do_center_crop is on but crop_size is missing; add it to preprocessor_config.json.");
    }
    Extent extent = fixed(cropSize, "crop_size");
    return new CenterCrop(extent.height(), extent.width(), backend == ImageBackend.PIL);
  }

  private static Extent fixed(ImageSize given, String field) {
    ImageSize size = given.edgeAsSquare();
    Integer height = size.height();
    Integer width = size.width();
    if (height == null || width == null || height < 1 || width < 1) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          field
              + " needs a height and a width of at least 1, got "
              + given
              + "; correct preprocessor_config.json.");
    }
    return new Extent(height, width);
  }

  private static <T> T orElse(@Nullable T value, T fallback) {
    return Objects.requireNonNullElse(value, fallback);
  }
}
