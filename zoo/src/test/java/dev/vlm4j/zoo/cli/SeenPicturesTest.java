package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.ModelInputs.ImageInput;
import dev.vlm4j.spi.PixelLayout;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeenPicturesTest {
  private static final List<Float> BLACK = List.of(0f, -1f, 10f);
  private static final List<Float> WHITE = List.of(255f, 1f, 265f);
  private static final PixelLayout PLANES = PixelLayout.planes(BLACK, WHITE);

  private static ModelInputs inputs(
      PixelLayout layout, List<Integer> tiles, Tensor pixels, int... grids) {
    List<ProcessorTensor> tensors = new ArrayList<>();
    tensors.add(new ProcessorTensor(PixelLayout.PIXEL_VALUES, pixels, StorageType.F32));
    if (grids.length > 0) {
      tensors.add(
          new ProcessorTensor(
              PixelLayout.GRIDS, Tensor.of(grids, grids.length / 3, 3), StorageType.I64));
    }
    List<ImageInput> images = tiles.stream().map(n -> new ImageInput(1, 1, 1, 1, 1, n)).toList();
    return new ModelInputs(
        "", List.of(), List.of(), images, tensors, Optional.of(layout), "template");
  }

  /** Pictures of one pixel; the red level counts them. */
  private static Tensor counted(long... sizes) {
    int pictures =
        (int)
            (IntStream.range(0, sizes.length)
                    .mapToLong(i -> sizes[i])
                    .reduce(1, Math::multiplyExact)
                / 3);
    float[] values = new float[3 * pictures];
    for (int i = 0; i < pictures; i++) {
      values[3 * i] = i + 1;
      values[3 * i + 1] = 1;
      values[3 * i + 2] = 10;
    }
    return Tensor.of(values, sizes);
  }

  private static List<String> seen(ModelInputs inputs) {
    return SeenPictures.of(inputs).stream()
        .map(view -> view.name() + " " + Integer.toHexString(view.pixels().getRGB(0, 0)))
        .toList();
  }

  @Test
  void showsOnePicturePerPicture() {
    assertThat(seen(inputs(PLANES, List.of(1, 1), counted(2, 3, 1, 1))))
        .containsExactly("picture-1 ff01ff00", "picture-2 ff02ff00");
  }

  @Test
  void showsViewsThatFollowOneAnother() {
    assertThat(seen(inputs(PLANES, List.of(2, 1), counted(3, 3, 1, 1))))
        .containsExactly(
            "picture-1-view-1 ff01ff00", "picture-1-view-2 ff02ff00", "picture-2 ff03ff00");
    assertThat(seen(inputs(PLANES, List.of(1, 2), counted(1, 3, 3, 1, 1))))
        .containsExactly(
            "picture-1 ff01ff00", "picture-2-view-1 ff02ff00", "picture-2-view-2 ff03ff00");
  }

  @Test
  void leavesOutWhatFillsPicturesUpToTheMostViews() {
    assertThat(seen(inputs(PLANES, List.of(1, 3), counted(2, 3, 3, 1, 1))))
        .containsExactly(
            "picture-1 ff01ff00",
            "picture-2-view-1 ff04ff00",
            "picture-2-view-2 ff05ff00",
            "picture-2-view-3 ff06ff00");
  }

  /** Patches of 1 pixel and 2 frames, listed by squares of 2 times 2. */
  @Test
  void putsPatchesTogether() {
    int[] red = {1, 2, 5, 6, 3, 4, 7, 8, 9, 10, 11, 12};
    float[] values = new float[12 * 6];
    for (int patch = 0; patch < 12; patch++) {
      values[6 * patch] = red[patch];
      values[6 * patch + 1] = 99;
      values[6 * patch + 2] = -1;
      values[6 * patch + 4] = 10;
    }
    List<SeenPictures.View> views =
        SeenPictures.of(
            inputs(
                PLANES.inPatches(1, 2), List.of(1, 1), Tensor.of(values, 12, 6), 1, 2, 4, 1, 2, 2));
    int[] first = views.get(0).pixels().getRGB(0, 0, 4, 2, null, 0, 4);
    int[] second = views.get(1).pixels().getRGB(0, 0, 2, 2, null, 0, 2);
    assertThat(IntStream.of(first).map(rgb -> rgb >> 16 & 0xFF))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(IntStream.of(second).map(rgb -> rgb & 0xFFFFFF))
        .containsExactly(0x090000, 0x0A0000, 0x0B0000, 0x0C0000);
  }

  @Test
  void saysThatAProcessorCannotBeLookedInto() {
    ModelInputs known = inputs(PLANES, List.of(1), counted(1, 3, 1, 1));
    ModelInputs unknown =
        new ModelInputs(
            "", List.of(), List.of(), known.images(), known.tensors(), Optional.empty(), "t");
    assertThatThrownBy(() -> SeenPictures.of(unknown)).hasMessageContaining("--save-pictures");
  }
}
