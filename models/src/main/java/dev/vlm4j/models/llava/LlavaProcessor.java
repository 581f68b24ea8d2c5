package dev.vlm4j.models.llava;

import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.ImagePipeline;
import dev.vlm4j.models.image.PictureBatch;
import dev.vlm4j.models.towers.ImagePlaceholders;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.spi.TextPart;
import java.util.Collections;
import java.util.List;

/**
 * Pictures and placeholders of LLaVA. Source: {@code LlavaProcessor} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/llava/processing_llava.py">processing_llava.py</a>.
 *
 * @param pipeline from picture to pixel values
 * @param placeholders how the template marks pictures
 * @param patchSize side of a patch in pixels
 * @param extraTokens placeholder tokens of a picture beyond its patches; may be negative
 */
record LlavaProcessor(
    ImagePipeline pipeline, ImagePlaceholders placeholders, int patchSize, int extraTokens) {
  ProcessedImages process(List<RgbImage> images) {
    if (images.isEmpty()) {
      return ProcessedImages.NONE;
    }
    PictureBatch batch = PictureBatch.of(pipeline, images);
    Extent extent = batch.extent();
    ProcessedImages.Size size =
        new ProcessedImages.Size(extent.width(), extent.height(), tokens(extent));
    return new ProcessedImages(List.of(batch.pixels()), Collections.nCopies(images.size(), size));
  }

  List<TextPart> expand(List<TextPart> rendered, ProcessedImages images) {
    return placeholders.repeat(rendered, images);
  }

  private int tokens(Extent extent) {
    int patches = (extent.height() / patchSize) * (extent.width() / patchSize);
    return Math.max(0, patches + extraTokens);
  }
}
