package dev.vlm4j.models.image.patches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.ImageOptions;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.Goldens;
import dev.vlm4j.models.image.ImageSize;
import dev.vlm4j.models.image.SyntheticPicture;
import dev.vlm4j.spi.ImageSetting;
import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.RgbImage;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PatchProcessorTest {
  static List<String> pictures() {
    return Goldens.lines(PatchProcessorTest.class, "pictures.txt");
  }

  static List<String> sizes() {
    return Goldens.lines(PatchProcessorTest.class, "sizes.txt");
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void givesTheTensorsOfTheReference(String line) {
    String[] fields = line.split(" ");
    RgbImage image = SyntheticPicture.of(number(fields[1]), number(fields[2]), number(fields[3]));
    Picture picture = new Picture(image, options(fields[4]), ImageOptions.NONE);

    ProcessedImages images = ProcessorFiles.processor(fields[0]).process(List.of(picture));

    assertThat(images.tensor(PatchProcessor.GRIDS).ints())
        .containsExactly(1, number(fields[5]), number(fields[6]));
    assertThat(Goldens.digest(images.tensor(PatchProcessor.PIXEL_VALUES).floats()))
        .isEqualTo(fields[7]);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void choosesTheSizesOfTheReference(String line) {
    String[] fields = line.split(" ");
    Extent picture = new Extent(number(fields[1]), number(fields[2]));
    PixelBounds bounds = new PixelBounds(number(fields[4]), number(fields[5]));
    SmartResize resize = SmartResize.valueOf(fields[0]);

    if (fields[6].equals("-")) {
      assertInvalid(() -> resize.of(picture, number(fields[3]), bounds));
    } else {
      assertThat(resize.of(picture, number(fields[3]), bounds))
          .isEqualTo(new Extent(number(fields[6]), number(fields[7])));
    }
  }

  @Test
  void aModelOptionIsABoundOfTheProcessor() {
    Picture picture =
        new Picture(
            SyntheticPicture.of(0, 640, 480),
            ImageOptions.NONE,
            ImageOptions.NONE.withMaxPixels(100352));

    ProcessedImages images = ProcessorFiles.processor("qwen2").process(List.of(picture));

    assertThat(images.sizes()).containsExactly(new ProcessedImages.Size(364, 252, 117));
  }

  @ParameterizedTest
  @CsvSource({"401, 2", "2, 401"})
  void refusesPicturesThatAreTooLong(int width, int height) {
    assertInvalid(() -> process(SyntheticPicture.of(0, width, height), ImageOptions.NONE));
  }

  @Test
  void refusesBoundsThatLeaveNothing() {
    RgbImage image = SyntheticPicture.of(0, 64, 64);

    assertInvalid(() -> process(image, ImageOptions.NONE.withMaxPixels(1000)));
    assertInvalid(
        () ->
            ProcessorFiles.processor("qwen3")
                .process(
                    List.of(
                        new Picture(
                            image, ImageOptions.NONE, ImageOptions.NONE.withMaxPixels(60000)))));
  }

  @Test
  void refusesHalfASize() {
    PatchConfig half =
        new PatchConfig(null, ProcessorFiles.edges(4096, null), null, null, null, null, null);

    assertThatThrownBy(() -> PixelBounds.of(half))
        .isInstanceOf(VlmException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.CONFIG_INVALID);
  }

  @Test
  void refusesSidesInsteadOfBounds() {
    ImageSize sides = ImageSize.of(64, 96);

    assertThatThrownBy(() -> PixelBounds.of(new PatchConfig(null, sides, 9, 99, null, null, null)))
        .isInstanceOf(VlmException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.CONFIG_INVALID);
  }

  private static ProcessedImages process(RgbImage image, ImageOptions options) {
    return ProcessorFiles.processor("qwen2")
        .process(List.of(new Picture(image, options, ImageOptions.NONE)));
  }

  private static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(VlmException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.INVALID_ARGUMENT);
  }

  private static ImageOptions options(String text) {
    return new ImageOptions(
        setting(text, "min_pixels"),
        setting(text, "max_pixels"),
        setting(text, "resized_height"),
        setting(text, "resized_width"));
  }

  private static OptionalInt setting(String text, String name) {
    for (String item : text.split(",")) {
      if (item.startsWith(name + "=")) {
        return OptionalInt.of(number(item.substring(name.length() + 1)));
      }
    }
    return OptionalInt.empty();
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }

  @Test
  void hasNoPanAndScan() {
    assertThat(ProcessorFiles.processor("silent").imageSettings())
        .doesNotContain(ImageSetting.PAN_AND_SCAN);
  }
}
