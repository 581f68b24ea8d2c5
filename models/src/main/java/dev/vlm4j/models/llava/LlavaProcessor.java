package dev.vlm4j.models.llava;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.ImagePipeline;
import dev.vlm4j.models.towers.ImagePlaceholders;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.spi.TextPart;
import java.util.ArrayList;
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
  private static final int CHANNELS = 3;

  ProcessedImages process(List<RgbImage> images) {
    if (images.isEmpty()) {
      return ProcessedImages.NONE;
    }
    Extent extent = commonExtent(images);
    int plane = CHANNELS * extent.height() * extent.width();
    float[] values = new float[Math.multiplyExact(plane, images.size())];
    List<ProcessedImages.Size> sizes = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(pipeline.apply(images.get(i)), 0, values, i * plane, plane);
      sizes.add(new ProcessedImages.Size(extent.width(), extent.height(), tokens(extent)));
    }
    Tensor pixels = Tensor.of(values, images.size(), CHANNELS, extent.height(), extent.width());
    ProcessorTensor tensor = new ProcessorTensor(LlavaVision.PIXEL_VALUES, pixels, StorageType.F32);
    return new ProcessedImages(List.of(tensor), sizes);
  }

  List<TextPart> expand(List<TextPart> rendered, ProcessedImages images) {
    return placeholders.expand(
        rendered,
        images.sizes().size(),
        image -> placeholders.placeholder().repeat(images.sizes().get(image).tokens()));
  }

  private int tokens(Extent extent) {
    int patches = (extent.height() / patchSize) * (extent.width() / patchSize);
    return Math.max(0, patches + extraTokens);
  }

  private Extent commonExtent(List<RgbImage> images) {
    List<Extent> extents =
        images.stream()
            .map(image -> pipeline.outputExtent(image.height(), image.width()))
            .distinct()
            .toList();
    if (extents.size() > 1) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "this checkpoint's processor keeps the shape of pictures, so all pictures of a prompt must"
              + " have the same shape; got "
              + extents);
    }
    return extents.get(0);
  }
}
