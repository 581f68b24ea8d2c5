package dev.vlm4j.models.image;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a null component of {@link ImageProcessorConfig} stands for, by processor class. */
enum ProcessorDefaults {
  CLIP(ImageSize.shortestEdge(224), ImageSize.of(224, 224), true, Padding.FRAME),
  LLAVA(ImageSize.shortestEdge(224), ImageSize.of(224, 224), true, Padding.SQUARE),
  SIGLIP(ImageSize.of(224, 224), null, false, Padding.FRAME),
  BLIP(ImageSize.of(384, 384), null, false, Padding.FRAME),
  GEMMA3(ImageSize.of(224, 224), null, false, Padding.NONE),
  LLAVA_NEXT(ImageSize.shortestEdge(224), ImageSize.of(224, 224), true, Padding.NONE),
  LLAVA_ONEVISION(ImageSize.of(384, 384), null, false, Padding.NONE);

  /** What {@code do_pad} means. */
  enum Padding {
    /** Zeros at the bottom and on the right, up to {@code pad_size}. */
    FRAME,
    /** A square before resizing. */
    SQUARE,
    /** Nothing for a single picture; with tiles, all get as many as the largest one has. */
    NONE
  }

  private static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
  private static final List<Double> CLIP_STD = List.of(0.26862954, 0.26130258, 0.27577711);
  private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);

  private final ImageSize size;
  private final @Nullable ImageSize cropSize;
  private final boolean centerCrop;
  private final Padding padding;

  ProcessorDefaults(
      ImageSize size, @Nullable ImageSize cropSize, boolean centerCrop, Padding padding) {
    this.size = size;
    this.cropSize = cropSize;
    this.centerCrop = centerCrop;
    this.padding = padding;
  }

  /** Finds the class, in its present name or one of the older ones. */
  static ProcessorDefaults of(@Nullable String type) {
    if (type == null) {
      return CLIP;
    }
    return switch (base(type)) {
      case "CLIPImageProcessor", "CLIPFeatureExtractor" -> CLIP;
      case "LlavaImageProcessor" -> LLAVA;
      case "SiglipImageProcessor" -> SIGLIP;
      case "BlipImageProcessor" -> BLIP;
      case "Gemma3ImageProcessor" -> GEMMA3;
      default ->
          throw new VlmException(
              ErrorCode.ARCHITECTURE_UNSUPPORTED,
              "The image processor '"
                  + type
                  + "' is not one of CLIPImageProcessor,"
                  + " LlavaImageProcessor, SiglipImageProcessor, BlipImageProcessor and"
                  + " Gemma3ImageProcessor; use a model"
                  + " whose preprocessor_config.json names one of these.");
    };
  }

  /**
   * Finds the class of a processor that splits pictures into tiles.
   *
   * @param own what is meant if the file names no class
   */
  static ProcessorDefaults ofTiles(@Nullable String type, ProcessorDefaults own) {
    if (type == null) {
      return own;
    }
    return switch (base(type)) {
      case "LlavaNextImageProcessor" -> LLAVA_NEXT;
      case "LlavaOnevisionImageProcessor" -> LLAVA_ONEVISION;
      default ->
          throw new VlmException(
              ErrorCode.ARCHITECTURE_UNSUPPORTED,
              "The image processor '"
                  + type
                  + "' is not one of LlavaNextImageProcessor and LlavaOnevisionImageProcessor; use"
                  + " a model whose preprocessor_config.json names one of these.");
    };
  }

  /** Which of the classes of a family a file names makes no difference. */
  private static String base(String type) {
    return type.replaceFirst("(Fast|Pil)$", "");
  }

  ImageSize size() {
    return size;
  }

  @Nullable ImageSize cropSize() {
    return cropSize;
  }

  boolean centerCrop() {
    return centerCrop;
  }

  Padding padding() {
    return padding;
  }

  /** Whether a bare number as {@code size} means both sides. */
  boolean squareByDefault() {
    return this == BLIP || this == GEMMA3;
  }

  ResampleFilter filter() {
    return this == GEMMA3 ? ResampleFilter.BILINEAR : ResampleFilter.BICUBIC;
  }

  List<Double> mean() {
    return this == SIGLIP || this == GEMMA3 ? HALF : CLIP_MEAN;
  }

  List<Double> std() {
    return this == SIGLIP || this == GEMMA3 ? HALF : CLIP_STD;
  }
}
