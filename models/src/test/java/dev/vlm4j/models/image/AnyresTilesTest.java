package dev.vlm4j.models.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.RgbImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AnyresTilesTest {
  private static final String SMALL =
      "LlavaNextImageProcessor;size=28,crop_size=28,image_grid_pinpoints=28x56/56x28/84x28";

  /** As {@code PICTURES} in {@code anyres_goldens.py}: seed, width, height. */
  private static final int[][] PICTURES = {
    {0, 61, 47},
    {1, 40, 77},
    {2, 31, 31},
    {3, 5, 90},
    {4, 1, 1},
    {6, 300, 3},
    {7, 2, 2},
    {8, 56, 28}
  };

  static List<String> tiles() {
    return Goldens.lines("tiles.txt");
  }

  private static RgbImage picture(int index) {
    int[] picture = PICTURES[index];
    return SyntheticPicture.of(picture[0], picture[1], picture[2]);
  }

  @ParameterizedTest
  @MethodSource("tiles")
  void givesTheTensorsOfTheReference(String line) {
    String[] fields = line.split(" ");
    List<RgbImage> pictures =
        Arrays.stream(fields[1].split(",")).map(i -> picture(Integer.parseInt(i))).toList();
    boolean next = fields[0].startsWith("LlavaNext");
    AnyresTiles tiles =
        next
            ? AnyresTiles.llavaNext(AnyresFiles.parse(fields[0]))
            : AnyresTiles.llavaOnevision(AnyresFiles.parse(fields[0]));

    List<ProcessorTensor> tensors =
        next || pictures.size() == 1 ? tiles.tiled(pictures) : tiles.squares(pictures);

    assertThat(shape(tensors.get(0))).isEqualTo(fields[2]);
    assertThat(Goldens.digest(tensors.get(0).tensor().floats())).isEqualTo(fields[3]);
    assertThat(tensors.get(1).tensor().ints())
        .containsExactly(
            pictures.stream()
                .flatMapToInt(p -> java.util.stream.IntStream.of(p.height(), p.width()))
                .toArray());
  }

  private static String shape(ProcessorTensor tensor) {
    return Arrays.stream(tensor.tensor().sizes())
        .mapToObj(String::valueOf)
        .collect(Collectors.joining("x"));
  }

  @Test
  void refusesDifferentNumbersOfTilesThatAreNotPadded() {
    AnyresTiles tiles = AnyresTiles.llavaOnevision(AnyresFiles.parse(SMALL + ",do_pad=false"));

    assertThatThrownBy(() -> tiles.tiled(List.of(picture(3), picture(5))))
        .isInstanceOf(VlmException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.INVALID_ARGUMENT)
        .hasMessageContaining("[4, 3]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LlavaNextImageProcessor;size=max_height:20/max_width:20|shortest_edge",
        "LlavaNextImageProcessor;image_grid_pinpoints=0x20|image_grid_pinpoints",
        "LlavaNextImageProcessor;image_grid_pinpoints=20|pairs of height and width",
        "LlavaNextImageProcessor;image_grid_pinpoints=20x20/20x30x40|pairs of height and width",
      })
  void refusesSettingsThatCannotWork(String settings, String cause) {
    assertThatThrownBy(() -> AnyresTiles.llavaNext(AnyresFiles.parse(settings)))
        .isInstanceOf(VlmException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.CONFIG_INVALID)
        .hasMessageContaining(cause);
  }

  @Test
  void paddingToASquareNeedsAColour() {
    String settings = SMALL.replace("LlavaNext", "LlavaOnevision") + ",image_mean=0.5";
    AnyresTiles tiles = AnyresTiles.llavaOnevision(AnyresFiles.parse(settings));

    assertThat(tiles.tiled(List.of(picture(0)))).isNotEmpty();
    assertThatThrownBy(() -> tiles.squares(List.of(picture(0), picture(1))))
        .isInstanceOf(VlmException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.CONFIG_INVALID)
        .hasMessageContaining("image_mean");
  }

  @Test
  void refusesTilesOfDifferentSizes() {
    AnyresTiles tiles =
        AnyresTiles.llavaNext(
            AnyresFiles.parse(
                "LlavaNextImageProcessor;size=20,do_center_crop=false,crop_size=20,"
                    + "image_grid_pinpoints=50x70"));

    assertThatThrownBy(() -> tiles.tiled(List.of(picture(0))))
        .isInstanceOf(VlmException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.CONFIG_INVALID);
  }

  @Test
  void refusesOtherProcessors() {
    AnyresFiles files = AnyresFiles.parse("CLIPImageProcessor;");

    assertThatThrownBy(() -> AnyresTiles.llavaNext(files))
        .isInstanceOf(VlmException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.ARCHITECTURE_UNSUPPORTED);
  }
}
