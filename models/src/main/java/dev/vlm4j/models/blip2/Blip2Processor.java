package dev.vlm4j.models.blip2;

import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.ImagePipeline;
import dev.vlm4j.models.image.PictureBatch;
import dev.vlm4j.models.towers.ImagePlaceholders;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.PixelLayout;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.PromptFormat;
import dev.vlm4j.spi.TextPart;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Pictures and prompts of BLIP-2. Processor files of before Transformers 4.45 do not say how many
 * query tokens there are: then prompts have no placeholders. Source: {@code Blip2Processor} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/blip_2/processing_blip_2.py">processing_blip_2.py</a>.
 *
 * @param pipeline from picture to pixel values
 * @param prompts how prompts become text
 * @param placeholders placeholder tokens of a picture; 0 for older files
 * @param features features of a picture
 */
record Blip2Processor(ImagePipeline pipeline, Blip2Prompts prompts, int placeholders, int features)
    implements ModelProcessor {
  static Blip2Processor of(CheckpointConfig files) {
    Blip2Config config = files.model(Blip2Config.class);
    Integer queries = files.processor(Blip2Config.Processor.class).numQueryTokens();
    files.tokenId(Blip2Prompts.END);
    files.tokenId(Blip2Prompts.IMAGE);
    return new Blip2Processor(
        ImagePipeline.of(files, "BlipImageProcessor"),
        new Blip2Prompts(config.startsText()),
        queries == null ? 0 : queries,
        queries == null ? config.queries() : queries);
  }

  @Override
  public ProcessedImages process(List<Picture> pictures) {
    if (pictures.isEmpty()) {
      return ProcessedImages.NONE;
    }
    PictureBatch batch =
        PictureBatch.of(pipeline, pictures.stream().map(Picture::converted).toList());
    Extent extent = batch.extent();
    ProcessedImages.Size size = new ProcessedImages.Size(extent.width(), extent.height(), features);
    return new ProcessedImages(List.of(batch.pixels()), Collections.nCopies(pictures.size(), size));
  }

  @Override
  public Optional<PromptFormat> promptFormat() {
    return Optional.of(prompts);
  }

  @Override
  public Optional<PixelLayout> pixelLayout() {
    return Optional.of(pipeline.layout());
  }

  @Override
  public List<TextPart> expand(List<TextPart> rendered, ProcessedImages images) {
    return new ImagePlaceholders(Blip2Prompts.IMAGE)
        .expand(rendered, images.sizes().size(), image -> Blip2Prompts.IMAGE.repeat(placeholders));
  }
}
