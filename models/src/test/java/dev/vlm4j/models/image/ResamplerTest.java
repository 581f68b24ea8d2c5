package dev.vlm4j.models.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.RgbImage;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResamplerTest {
  static List<String> resizes() {
    return Goldens.lines("resize.txt");
  }

  @ParameterizedTest
  @MethodSource("resizes")
  void givesTheBytesOfTheReference(String line) {
    String[] fields = line.split(" ");
    int[] numbers = new int[6];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Integer.parseInt(fields[i + 1]);
    }
    RgbImage picture = SyntheticPicture.of(numbers[1], numbers[2], numbers[3]);

    RgbImage resized =
        Resampler.valueOf(fields[0])
            .resize(picture, numbers[4], numbers[5], ResampleFilter.ofCode(numbers[0]));

    assertThat(resized.width()).isEqualTo(numbers[4]);
    assertThat(resized.height()).isEqualTo(numbers[5]);
    assertThat(Goldens.digest(resized.data())).isEqualTo(fields[7]);
  }

  @ParameterizedTest
  @EnumSource(Resampler.class)
  void computesTheSamePixelsWhenOnlyAWindowIsWanted(Resampler resampler) {
    RgbImage picture = SyntheticPicture.of(3, 53, 71);
    Window window = new Window(9, 4, 13, 22);
    for (int code : new int[] {0, 1, 2, 3}) {
      for (Extent target :
          List.of(new Extent(31, 29), new Extent(31, 99), new Extent(71, 29), new Extent(90, 53))) {
        ResampleFilter filter = ResampleFilter.ofCode(code);
        RgbImage whole = resampler.resize(picture, target.width(), target.height(), filter);

        RgbImage part = resampler.resize(picture, target, window, filter);

        assertThat(part.data()).isEqualTo(window.cut(whole).data());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Resampler.class)
  void keepsAFlatColourFlat(Resampler resampler) {
    RgbImage flat = new PadToSquare(200, 100, 50).apply(new RgbImage(1, 9, flat(9)));

    byte[] resized = resampler.resize(flat, 23, 4, ResampleFilter.LANCZOS).data();

    assertThat(resized).isEqualTo(flat(23 * 4));
  }

  private static byte[] flat(int pixels) {
    byte[] data = new byte[pixels * 3];
    for (int i = 0; i < data.length; i += 3) {
      data[i] = (byte) 200;
      data[i + 1] = 100;
      data[i + 2] = 50;
    }
    return data;
  }

  static Stream<Arguments> bands() {
    int[][] sizes = {{70, 90, 40, 60}, {70, 90, 100, 120}, {70, 90, 70, 60}, {9, 200, 12, 30}};
    return Stream.of(Resampler.values())
        .flatMap(
            resampler ->
                Stream.of(ResampleFilter.NEAREST, ResampleFilter.BICUBIC, ResampleFilter.LANCZOS)
                    .flatMap(
                        filter ->
                            Stream.of(sizes).map(size -> arguments(resampler, filter, size))));
  }

  @ParameterizedTest
  @MethodSource("bands")
  void bandsTogetherAreTheResizedPicture(Resampler resampler, ResampleFilter filter, int[] size) {
    RgbImage picture = SyntheticPicture.of(3, size[0], size[1]);
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    resampler.resizeInBands(
        picture,
        new Extent(size[3], size[2]),
        filter,
        10,
        band -> {
          assertThat(band.width()).isEqualTo(size[2]);
          assertThat(band.height() % 10).isZero();
          shown.writeBytes(band.data());
        });
    assertThat(shown.toByteArray())
        .isEqualTo(resampler.resize(picture, size[2], size[3], filter).data());
  }

  @Test
  void returnsThePictureItselfWhenTheSizeStays() {
    RgbImage picture = SyntheticPicture.of(0, 12, 7);

    assertThat(Resampler.TORCHVISION.resize(picture, 12, 7, ResampleFilter.BICUBIC))
        .isSameAs(picture);
  }

  @Test
  void resizesVerticallyFirstInPillowOnlyIfTwiceAsManyRowsAsColumnsAreLost() {
    assertThat(Resampler.PILLOW.verticalFirst(SyntheticPicture.of(0, 40, 60), 30, 40)).isFalse();
    assertThat(Resampler.PILLOW.verticalFirst(SyntheticPicture.of(0, 40, 61), 30, 40)).isTrue();
    assertThat(Resampler.PILLOW.verticalFirst(SyntheticPicture.of(0, 40, 60), 80, 59)).isTrue();
    assertThat(Resampler.PILLOW.verticalFirst(SyntheticPicture.of(0, 40, 60), 80, 61)).isFalse();
  }

  @Test
  void rejectsASideOfZero() {
    RgbImage picture = SyntheticPicture.of(0, 4, 4);

    assertThatThrownBy(() -> Resampler.PILLOW.resize(picture, 0, 4, ResampleFilter.BOX))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("0 x 4")
        .extracting(e -> ((VlmException) e).code())
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void rejectsAResultThatNoArrayHolds() {
    RgbImage picture = SyntheticPicture.of(0, 4, 4);

    assertThatThrownBy(
            () -> Resampler.TORCHVISION.resize(picture, 40_000, 40_000, ResampleFilter.NEAREST))
        .isInstanceOf(VlmException.class)
        .extracting(e -> ((VlmException) e).code())
        .isEqualTo(ErrorCode.IMAGE_TOO_LARGE);
  }

  @Test
  void rejectsFiltersThatTorchvisionLacks() {
    RgbImage picture = SyntheticPicture.of(0, 4, 4);

    for (ResampleFilter filter : List.of(ResampleFilter.BOX, ResampleFilter.HAMMING)) {
      assertThatThrownBy(() -> Resampler.TORCHVISION.resize(picture, 3, 3, filter))
          .isInstanceOf(VlmException.class)
          .hasMessageContaining(filter.name());
    }
  }

  @Test
  void rejectsUnknownFilterNumbers() {
    assertThatThrownBy(() -> ResampleFilter.ofCode(6))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("6");
  }
}
