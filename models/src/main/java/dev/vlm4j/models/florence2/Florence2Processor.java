package dev.vlm4j.models.florence2;

import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.ImagePipeline;
import dev.vlm4j.models.towers.ImagePlaceholders;
import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.spi.TextPart;
import java.util.ArrayList;
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
    int plane = RgbImage.CHANNELS * extent.height() * extent.width();
    float[] values = new float[Math.multiplyExact(plane, pictures.size())];
    List<ProcessedImages.Size> sizes = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      System.arraycopy(pipeline.apply(pictures.get(i).image()), 0, values, i * plane, plane);
      sizes.add(new ProcessedImages.Size(extent.width(), extent.height(), tokens));
    }
    Tensor pixels =
        Tensor.of(values, pictures.size(), RgbImage.CHANNELS, extent.height(), extent.width());
    ProcessorTensor tensor =
        new ProcessorTensor(Florence2Vision.PIXEL_VALUES, pixels, StorageType.F32);
    return new ProcessedImages(List.of(tensor), sizes);
  }

  List<TextPart> expand(List<TextPart> rendered, ProcessedImages images) {
    if (layout == Florence2Layout.LEGACY) {
      return Collections.unmodifiableList(rendered);
    }
    return new ImagePlaceholders(Florence2Prompts.IMAGE)
        .expand(rendered, images.sizes().size(), image -> Florence2Prompts.IMAGE.repeat(tokens));
  }
}
