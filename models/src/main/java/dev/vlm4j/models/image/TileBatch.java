package dev.vlm4j.models.image;

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
        pipeline.write(tiles.get(i).get(j), tile, values, (i * most + j) * plane);
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
}
