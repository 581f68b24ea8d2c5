package dev.vlm4j.models.image;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import java.util.List;

/**
 * Packs the tiles of a prompt's pictures into tensors.
 *
 * @param pipeline from a tile to its values
 * @param tile size of all tiles
 * @param most tiles that every picture gets room for; what it does not need stays zero
 */
record TileBatch(ImagePipeline pipeline, Extent tile, int most) {
  List<ProcessorTensor> tensors(List<RgbImage> pictures, List<List<RgbImage>> tiles) {
    int plane = Math.multiplyExact(RgbImage.CHANNELS * tile.height(), tile.width());
    float[] values = new float[PaddedPictures.size((long) pictures.size() * most * plane)];
    int[] sizes = new int[2 * pictures.size()];
    for (int i = 0; i < pictures.size(); i++) {
      for (int j = 0; j < tiles.get(i).size(); j++) {
        copy(pipeline.apply(tiles.get(i).get(j)), values, (i * most + j) * plane, plane);
      }
      sizes[2 * i] = pictures.get(i).height();
      sizes[2 * i + 1] = pictures.get(i).width();
    }
    Tensor pixels =
        Tensor.of(values, pictures.size(), most, RgbImage.CHANNELS, tile.height(), tile.width());
    return List.of(
        new ProcessorTensor(PaddedPictures.PIXEL_VALUES, pixels, StorageType.F32),
        new ProcessorTensor("image_sizes", Tensor.of(sizes, pictures.size(), 2), StorageType.I64));
  }

  private static void copy(float[] tile, float[] target, int offset, int expected) {
    if (tile.length != expected) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "The processor makes tiles of different sizes: the sizes in image_grid_pinpoints are no"
              + " multiples of crop_size or size. Correct preprocessor_config.json.");
    }
    System.arraycopy(tile, 0, target, offset, expected);
  }
}
