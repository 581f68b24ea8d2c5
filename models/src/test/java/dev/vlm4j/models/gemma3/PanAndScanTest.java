package dev.vlm4j.models.gemma3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.models.image.Goldens;
import dev.vlm4j.spi.RgbImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Crops of {@code tile_goldens.py}: left, top, width, height. */
class PanAndScanTest {
  private static final int BYTE = 256;

  static List<String> crops() {
    return Goldens.lines(PanAndScanTest.class, "crops.txt");
  }

  @ParameterizedTest
  @MethodSource("crops")
  void cutsLikeTheReference(String line) {
    List<String> fields = Arrays.asList(line.split(" "));
    int height = Integer.parseInt(fields.get(0));
    int width = Integer.parseInt(fields.get(1));

    List<RgbImage> crops = PanAndScan.DEFAULT.crops(places(width, height));

    assertThat(crops.stream().map(PanAndScanTest::described).toList())
        .isEqualTo(fields.subList(2, fields.size()));
  }

  /** A picture whose pixels say where they are. */
  private static RgbImage places(int width, int height) {
    byte[] data = new byte[width * height * RgbImage.CHANNELS];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        data[at++] = (byte) x;
        data[at++] = (byte) y;
        data[at++] = (byte) (x / BYTE * 16 + y / BYTE);
      }
    }
    return new RgbImage(width, height, data);
  }

  private static String described(RgbImage crop) {
    byte[] data = crop.data();
    int x = (data[0] & 0xFF) + (data[2] >> 4 & 15) * BYTE;
    int y = (data[1] & 0xFF) + (data[2] & 15) * BYTE;
    return x + "," + y + "," + crop.width() + "," + crop.height();
  }
}
