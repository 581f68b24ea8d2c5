package dev.vlm4j.models.image;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import java.util.List;

/**
 * Pictures that become one tensor {@code pixel_values} {@code [pictures, 3, height, width]}.
 *
 * @param pixels the tensor
 * @param extent size of every picture in it
 */
public record PictureBatch(ProcessorTensor pixels, Extent extent) {
  /**
   * Processes pictures.
   *
   * @param images at least one
   * @throws VlmException {@code INVALID_ARGUMENT} if the pipeline keeps shapes and the pictures
   *     have different ones, {@code IMAGE_TOO_LARGE} if they do not fit in memory
   */
  public static PictureBatch of(ImagePipeline pipeline, List<RgbImage> images) {
    Extent extent = commonExtent(pipeline, images);
    long elements = (long) RgbImage.CHANNELS * extent.height() * extent.width();
    float[] values = new float[PaddedPictures.size(elements * images.size())];
    int plane = (int) elements;
    for (int i = 0; i < images.size(); i++) {
      pipeline.write(images.get(i), extent, values, i * plane);
    }
    Tensor pixels =
        Tensor.of(values, images.size(), RgbImage.CHANNELS, extent.height(), extent.width());
    return new PictureBatch(
        new ProcessorTensor(PaddedPictures.PIXEL_VALUES, pixels, StorageType.F32), extent);
  }

  private static Extent commonExtent(ImagePipeline pipeline, List<RgbImage> images) {
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
