package dev.vlm4j.models.llavaonevision;

import dev.vlm4j.models.image.AnyresTiles;
import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.towers.ImagePlaceholders;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.PixelLayout;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.spi.TextPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pictures and placeholders of LLaVA-OneVision. The only picture of a prompt is split into tiles;
 * of several pictures each is padded to a square and becomes one tile. Source: {@code
 * LlavaOnevisionProcessor} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/llava_onevision/processing_llava_onevision.py">processing_llava_onevision.py</a>.
 *
 * @param tiles from pictures to tensors
 * @param placeholders how the template marks pictures
 * @param features how many features pictures have
 */
record LlavaOnevisionProcessor(
    AnyresTiles tiles, ImagePlaceholders placeholders, OnevisionFeatures features)
    implements ModelProcessor {
  static LlavaOnevisionProcessor of(CheckpointConfig files) {
    LlavaOnevisionConfig config = files.processor(LlavaOnevisionConfig.class);
    return new LlavaOnevisionProcessor(
        AnyresTiles.llavaOnevision(files),
        new ImagePlaceholders(config.placeholder()),
        new OnevisionFeatures(
            config.tileTokens(files.model(LlavaOnevisionConfig.Model.class)),
            config.dropsFirst(),
            config.fullTiles()));
  }

  @Override
  public ProcessedImages process(List<Picture> pictures) {
    if (pictures.isEmpty()) {
      return ProcessedImages.NONE;
    }
    List<RgbImage> images = pictures.stream().map(Picture::converted).toList();
    boolean tiled = images.size() == 1;
    List<ProcessorTensor> tensors =
        new ArrayList<>(tiled ? tiles.tiled(images) : tiles.squares(images));
    int[] perPrompt = {images.size()};
    tensors.add(new ProcessorTensor("batch_num_images", Tensor.of(perPrompt, 1), StorageType.I64));
    return new ProcessedImages(
        tensors,
        images.stream().map(image -> tiled ? tiledSize(image) : squareSize(image)).toList());
  }

  private ProcessedImages.Size tiledSize(RgbImage image) {
    Extent picture = new Extent(image.height(), image.width());
    return tiles.size(picture, tokens(picture));
  }

  /** Returns the number of placeholder tokens of a picture of that size, the only one. */
  int tokens(Extent picture) {
    Extent view = tiles.view(picture);
    Extent tile = tiles.tile();
    Extent grid = new Extent(view.height() / tile.height(), view.width() / tile.width());
    return features.ofTiles(picture, grid);
  }

  private ProcessedImages.Size squareSize(RgbImage image) {
    Extent tile = tiles.square(new Extent(image.height(), image.width()));
    return new ProcessedImages.Size(tile.width(), tile.height(), features.ofSquare());
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
