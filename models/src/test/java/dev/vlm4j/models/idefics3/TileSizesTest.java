package dev.vlm4j.models.idefics3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.Goldens;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sizes of {@code tile_goldens.py}. */
class TileSizesTest {
  static List<String> sizes() {
    return Goldens.lines(TileSizesTest.class, "sizes.txt");
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void resizesLikeTheReference(String line) {
    int[] fields = Arrays.stream(line.split(" ")).mapToInt(Integer::parseInt).toArray();

    Extent first = TileSizes.longestEdge(new Extent(fields[0], fields[1]), fields[2]);

    assertThat(first).isEqualTo(new Extent(fields[4], fields[5]));
    assertThat(TileSizes.tiled(first, fields[3])).isEqualTo(new Extent(fields[6], fields[7]));
  }
}
