package dev.vlm4j.models.image;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures of different sizes in one tensor: the smaller ones get zeros at the bottom and on the
 * right, after normalisation, and a mask says where pixels are.
 *
 * @param scaling from bytes to values
 * @param pads whether pictures of different sizes are allowed, and the mask is given
 */
public record PaddedPictures(PixelScaling scaling, boolean pads) {
  static final String PIXEL_VALUES = "pixel_values";
  private static final String MASK = "pixel_attention_mask";

  /**
   * Returns {@code pixel_values} {@code [1, pictures, 3, height, width]} and, with padding, {@code
   * pixel_attention_mask} {@code [1, pictures, height, width]}: 1 at pixels, 0 at padding.
   *
   * @param pictures at least one
   * @throws VlmException {@code INVALID_ARGUMENT} if sizes differ and there is no padding, {@code
   *     IMAGE_TOO_LARGE} if they do not fit in memory
   */
  public List<ProcessorTensor> tensors(List<RgbImage> pictures) {
    Extent frame = frame(pictures);
    long plane = (long) RgbImage.CHANNELS * frame.height() * frame.width();
    float[] values = new float[size(pictures.size() * plane)];
    for (int i = 0; i < pictures.size(); i++) {
      scaling.write(pictures.get(i), frame, values, i * (int) plane);
    }
    ProcessorTensor pixels =
        new ProcessorTensor(
            PIXEL_VALUES,
            Tensor.of(values, 1, pictures.size(), RgbImage.CHANNELS, frame.height(), frame.width()),
            StorageType.F32);
    return pads ? List.of(pixels, mask(pictures, frame)) : List.of(pixels);
  }

  private static ProcessorTensor mask(List<RgbImage> pictures, Extent frame) {
    int area = frame.height() * frame.width();
    int[] mask = new int[pictures.size() * area];
    for (int i = 0; i < pictures.size(); i++) {
      for (int y = 0; y < pictures.get(i).height(); y++) {
        int row = i * area + y * frame.width();
        Arrays.fill(mask, row, row + pictures.get(i).width(), 1);
      }
    }
    Tensor tensor = Tensor.of(mask, 1, pictures.size(), frame.height(), frame.width());
    return new ProcessorTensor(MASK, tensor, StorageType.I64);
  }

  private Extent frame(List<RgbImage> pictures) {
    int height = pictures.stream().mapToInt(RgbImage::height).max().orElse(0);
    int width = pictures.stream().mapToInt(RgbImage::width).max().orElse(0);
    boolean same =
        pictures.stream().allMatch(each -> each.height() == height && each.width() == width);
    if (!pads && !same) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "this checkpoint's processor does not pad (do_pad), so all pictures of a prompt must get"
              + " the same size; got "
              + pictures
              + ": give one picture, or pictures of one shape");
    }
    return new Extent(height, width);
  }

  static int size(long elements) {
    if (elements > Integer.MAX_VALUE - 8L) {
      throw new VlmException(
          ErrorCode.IMAGE_TOO_LARGE,
          "The pictures of the prompt do not fit in memory; give fewer or smaller ones.");
    }
    return (int) elements;
  }
}
