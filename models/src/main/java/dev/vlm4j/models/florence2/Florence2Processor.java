package dev.vlm4j.models.florence2;

import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.ImagePipeline;
import dev.vlm4j.models.image.PictureBatch;
import dev.vlm4j.models.towers.ImagePlaceholders;
import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.spi.TextPart;
import java.util.Collections;
import java.util.List;

/**
 * Pictures and placeholders. Source: {@code Florence2Processor} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/florence2/processing_florence2.py">processing_florence2.py</a>.
 *
 * @param pipeline from picture to pixel values
 * @param extent size of every processed picture
 * @param tokens features of a picture
 * @param layout whether prompts have placeholders
 */
record Florence2Processor(
    ImagePipeline pipeline, Extent extent, int tokens, Florence2Layout layout) {

  ProcessedImages process(List<Picture> pictures) {
    if (pictures.isEmpty()) {
      return ProcessedImages.NONE;
    }
    List<RgbImage> images = pictures.stream().map(Picture::converted).toList();
    ProcessedImages.Size size = new ProcessedImages.Size(extent.width(), extent.height(), tokens);
    return new ProcessedImages(
        List.of(PictureBatch.of(pipeline, images).pixels()),
        Collections.nCopies(images.size(), size));
  }

  List<TextPart> expand(List<TextPart> rendered, ProcessedImages images) {
    if (layout == Florence2Layout.LEGACY) {
      return Collections.unmodifiableList(rendered);
    }
    return new ImagePlaceholders(Florence2Prompts.IMAGE)
        .expand(rendered, images.sizes().size(), image -> Florence2Prompts.IMAGE.repeat(tokens));
  }
}
