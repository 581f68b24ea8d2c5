package dev.vlm4j.models.llavanext;

import dev.vlm4j.models.image.AnyresTiles;
import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.Unpadding;
import dev.vlm4j.models.towers.ImagePlaceholders;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.PixelLayout;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.spi.TextPart;
import java.util.List;
import java.util.Optional;

/**
 * Pictures and placeholders of LLaVA-NeXT: the features of the whole picture, then those of its
 * tiles without the padded borders, each row with a newline at its end. Source: {@code
 * LlavaNextProcessor} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/llava_next/processing_llava_next.py">processing_llava_next.py</a>.
 *
 * @param tiles from pictures to tensors
 * @param placeholders how the template marks pictures
 * @param patchSize side of a patch in pixels
 * @param extraTokens placeholder tokens of a picture beyond its patches; may be negative
 */
record LlavaNextProcessor(
    AnyresTiles tiles, ImagePlaceholders placeholders, int patchSize, int extraTokens)
    implements ModelProcessor {
  static LlavaNextProcessor of(CheckpointConfig files) {
    LlavaNextProcessorConfig config = files.processor(LlavaNextProcessorConfig.class);
    return new LlavaNextProcessor(
        AnyresTiles.llavaNext(files),
        new ImagePlaceholders(config.placeholder()),
        config.patchSize(files.model(LlavaNextProcessorConfig.Model.class)),
        config.extraTokens());
  }

  @Override
  public ProcessedImages process(List<Picture> pictures) {
    if (pictures.isEmpty()) {
      return ProcessedImages.NONE;
    }
    List<RgbImage> images = pictures.stream().map(Picture::converted).toList();
    return new ProcessedImages(tiles.tiled(images), images.stream().map(this::size).toList());
  }

  private ProcessedImages.Size size(RgbImage image) {
    Extent picture = new Extent(image.height(), image.width());
    return tiles.size(picture, tokens(picture));
  }

  /** Returns the number of placeholder tokens of a picture of that size. */
  int tokens(Extent picture) {
    Extent view = tiles.view(picture);
    Extent tile = tiles.tile();
    int high = tile.height() / patchSize;
    int wide = tile.width() / patchSize;
    Extent all =
        new Extent(high * (view.height() / tile.height()), wide * (view.width() / tile.width()));
    Extent shown = Unpadding.of(picture, all);
    int newlines = shown.height();
    return Math.max(0, high * wide + shown.height() * shown.width() + newlines + extraTokens);
  }

  @Override
  public Optional<PixelLayout> pixelLayout() {
    return Optional.of(tiles.layout());
  }

  @Override
  public List<TextPart> expand(List<TextPart> rendered, ProcessedImages images) {
    return placeholders.repeat(rendered, images);
  }
}
