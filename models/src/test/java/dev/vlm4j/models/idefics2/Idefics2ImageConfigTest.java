package dev.vlm4j.models.idefics2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.Goldens;
import dev.vlm4j.models.image.ImageSize;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sizes of {@code tile_goldens.py}. */
class Idefics2ImageConfigTest {
  static List<String> sizes() {
    return Goldens.lines(Idefics2ImageConfigTest.class, "sizes.txt");
  }

  private static Idefics2ImageConfig sized(@Nullable ImageSize size) {
    return new Idefics2ImageConfig(null, size, null, null);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void silentFilesMeanTheSizesOfTheClass(String line) {
    int[] fields = Arrays.stream(line.split(" ")).mapToInt(Integer::parseInt).toArray();

    assertThat(sized(null).resized(new Extent(fields[0], fields[1])))
        .isEqualTo(new Extent(fields[2], fields[3]));
  }

  @Test
  void aFixedSizeIsTakenAsItIs() {
    assertThat(sized(ImageSize.of(30, 40)).resized(new Extent(1, 9))).isEqualTo(new Extent(30, 40));
  }

  @Test
  void refusesASizeWithOneBoundOnly() {
    assertThatThrownBy(() -> sized(ImageSize.of(378)).resized(new Extent(1, 1)))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("shortest_edge and longest_edge");
  }
}
