package dev.vlm4j.models.idefics2;

import static dev.vlm4j.models.towers.ConfigValues.orElse;
import static dev.vlm4j.models.towers.ConfigValues.positive;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.ImageProcessorConfig;
import dev.vlm4j.models.image.PaddedPictures;
import dev.vlm4j.models.image.PictureResize;
import dev.vlm4j.models.image.PixelScaling;
import dev.vlm4j.models.image.ResampleFilter;
import dev.vlm4j.models.image.Window;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.PixelLayout;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.spi.TextPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pictures and placeholders of Idefics2. Source: {@code Idefics2Processor} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/idefics2/processing_idefics2.py">processing_idefics2.py</a>.
 *
 * @param config sizes
 * @param resizes whether pictures are resized
 * @param resize how pictures are resized
 * @param output from pictures to tensors
 * @param prompt from pictures to text
 */
record Idefics2Processor(
    Idefics2ImageConfig config,
    boolean resizes,
    PictureResize resize,
    PaddedPictures output,
    Idefics2Prompt prompt)
    implements ModelProcessor {
  private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);
  private static final int DEFAULT_TOKENS = 64;

  /** What is needed of the processor's files beside the settings of pictures. */
  private record Settings(@Nullable Integer imageSeqLen) {}

  static Idefics2Processor of(CheckpointConfig files) {
    Idefics2ImageConfig config = files.processor(Idefics2ImageConfig.class);
    ImageProcessorConfig common = files.processor(ImageProcessorConfig.class);
    Settings settings = files.processor(Settings.class);
    boolean resizes = orElse(common.doResize(), true);
    if (resizes) {
      config.resized(new Extent(1, 1));
    }
    int tokens = positive("image_seq_len", settings.imageSeqLen(), DEFAULT_TOKENS);
    return new Idefics2Processor(
        config,
        resizes,
        PictureResize.of(files, ResampleFilter.BILINEAR),
        new PaddedPictures(PixelScaling.of(files, HALF, HALF), config.pads()),
        new Idefics2Prompt(tokens, config.splits()));
  }

  @Override
  public ProcessedImages process(List<Picture> pictures) {
    if (pictures.isEmpty()) {
      return ProcessedImages.NONE;
    }
    List<RgbImage> views = new ArrayList<>();
    List<ProcessedImages.Size> sizes = new ArrayList<>();
    for (Picture picture : pictures) {
      RgbImage image = picture.converted();
      if (config.splits()) {
        quarters(image).forEach(part -> views.add(resized(part)));
      }
      RgbImage whole = resized(image);
      views.add(whole);
      int tokens = prompt.views() * prompt.tokens();
      sizes.add(new ProcessedImages.Size(whole.width(), whole.height(), tokens, prompt.views()));
    }
    return new ProcessedImages(output.tensors(views), sizes);
  }

  @Override
  public Optional<PixelLayout> pixelLayout() {
    return Optional.of(output.scaling().layout());
  }

  private static List<RgbImage> quarters(RgbImage image) {
    int top = image.height() / 2;
    int left = image.width() / 2;
    int bottom = image.height() - top;
    int right = image.width() - left;
    if (top == 0 || left == 0) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "this checkpoint's processor shows pictures in four parts (do_image_splitting), which "
              + image
              + " does not have: give a picture of at least 2 x 2 pixels");
    }
    return List.of(
        new Window(0, 0, top, left).cut(image),
        new Window(0, left, top, right).cut(image),
        new Window(top, 0, bottom, left).cut(image),
        new Window(top, left, bottom, right).cut(image));
  }

  private RgbImage resized(RgbImage image) {
    if (!resizes) {
      return image;
    }
    return resize.to(config.resized(new Extent(image.height(), image.width())), image);
  }

  @Override
  public List<TextPart> expand(List<TextPart> rendered, ProcessedImages images) {
    return prompt.expand(rendered, images.sizes().size());
  }
}
