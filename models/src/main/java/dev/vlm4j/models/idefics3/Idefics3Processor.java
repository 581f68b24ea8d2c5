package dev.vlm4j.models.idefics3;

import static dev.vlm4j.models.towers.ConfigValues.orElse;
import static dev.vlm4j.models.towers.ConfigValues.positive;

import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.ImageProcessorConfig;
import dev.vlm4j.models.image.PaddedPictures;
import dev.vlm4j.models.image.PictureResize;
import dev.vlm4j.models.image.PixelScaling;
import dev.vlm4j.models.image.ResampleFilter;
import dev.vlm4j.models.image.Window;
import dev.vlm4j.models.towers.ImagePlaceholders;
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
 * Pictures and placeholders of Idefics3 and SmolVLM: a picture is resized twice, cut into tiles row
 * by row, and shown once more as a whole. Source: {@code Idefics3Processor} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/idefics3/processing_idefics3.py">processing_idefics3.py</a>.
 *
 * @param config sizes
 * @param resizes whether pictures are resized before they are cut
 * @param resize how pictures are resized
 * @param output from tiles to tensors
 * @param prompt from tiles to text
 */
record Idefics3Processor(
    Idefics3ImageConfig config,
    boolean resizes,
    PictureResize resize,
    PaddedPictures output,
    Idefics3Prompt prompt)
    implements ModelProcessor {
  private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);
  private static final int DEFAULT_TOKENS = 169;

  /** What is needed of the processor's files beside the settings of pictures. */
  private record Settings(@Nullable Integer imageSeqLen) {}

  static Idefics3Processor of(CheckpointConfig files) {
    Idefics3ImageConfig config = files.processor(Idefics3ImageConfig.class);
    ImageProcessorConfig common = files.processor(ImageProcessorConfig.class);
    Settings settings = files.processor(Settings.class);
    config.tile();
    config.resized(new Extent(1, 1));
    return new Idefics3Processor(
        config,
        orElse(common.doResize(), true),
        PictureResize.of(files, ResampleFilter.LANCZOS),
        new PaddedPictures(PixelScaling.of(files, HALF, HALF), config.pads()),
        new Idefics3Prompt(positive("image_seq_len", settings.imageSeqLen(), DEFAULT_TOKENS)));
  }

  @Override
  public ProcessedImages process(List<Picture> pictures) {
    if (pictures.isEmpty()) {
      return ProcessedImages.NONE;
    }
    List<RgbImage> tiles = new ArrayList<>();
    List<ProcessedImages.Size> sizes = new ArrayList<>();
    for (Picture picture : pictures) {
      RgbImage view = view(picture.converted());
      List<RgbImage> cut = cut(view);
      tiles.addAll(cut);
      sizes.add(
          new ProcessedImages.Size(
              view.width(), view.height(), cut.size() * prompt.tokens(), cut.size()));
    }
    return new ProcessedImages(output.tensors(tiles), sizes);
  }

  @Override
  public Optional<PixelLayout> pixelLayout() {
    return Optional.of(output.scaling().layout());
  }

  /** Returns the picture as it is cut. */
  private RgbImage view(RgbImage image) {
    RgbImage first = resizes ? resize.to(config.resized(extent(image)), image) : image;
    int tile = config.tile();
    return resize.to(
        config.splits() ? TileSizes.tiled(extent(first), tile) : new Extent(tile, tile), first);
  }

  private List<RgbImage> cut(RgbImage view) {
    int tile = config.tile();
    if (view.height() <= tile && view.width() <= tile) {
      return List.of(view);
    }
    List<RgbImage> tiles = new ArrayList<>();
    for (int y = 0; y < view.height(); y += tile) {
      for (int x = 0; x < view.width(); x += tile) {
        tiles.add(new Window(y, x, tile, tile).cut(view));
      }
    }
    tiles.add(resize.to(new Extent(tile, tile), view));
    return tiles;
  }

  private static Extent extent(RgbImage image) {
    return new Extent(image.height(), image.width());
  }

  @Override
  public List<TextPart> expand(List<TextPart> rendered, ProcessedImages images) {
    return new ImagePlaceholders(Idefics3Prompt.IMAGE)
        .expand(rendered, images.sizes().size(), image -> text(images.sizes().get(image)));
  }

  private String text(ProcessedImages.Size view) {
    return prompt.text(view.height() / config.tile(), view.width() / config.tile());
  }
}
