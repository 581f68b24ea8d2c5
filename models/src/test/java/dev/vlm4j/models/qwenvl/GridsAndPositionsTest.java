package dev.vlm4j.models.qwenvl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.image.Goldens;
import dev.vlm4j.models.image.patches.PatchGrid;
import dev.vlm4j.spi.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GridsAndPositionsTest {
  private static final int IMAGE = 9;

  static List<String> positions() {
    return grids("positions");
  }

  static List<String> windows() {
    return grids("windows");
  }

  static List<String> tables() {
    return grids("table");
  }

  static List<String> prompts() {
    return Goldens.lines(GridsAndPositionsTest.class, "prompts.txt");
  }

  private static List<String> grids(String kind) {
    return Goldens.lines(GridsAndPositionsTest.class, "grids.txt").stream()
        .filter(line -> line.startsWith(kind))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("positions")
  void placesPatchesInTheGrid(String line) {
    String[] fields = line.split(" ");

    assertThat(grid(fields).rows()).containsExactly(numbers(fields[3]));
    assertThat(grid(fields).columns()).containsExactly(numbers(fields[4]));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void ordersPatchesByWindow(String line) {
    String[] fields = line.split(" ");
    WindowOrder order = WindowOrder.of(grid(fields), 4);

    assertThat(order.squares()).containsExactly(numbers(fields[3]));
    assertThat(order.lengths().stream().mapToInt(Integer::intValue).toArray())
        .containsExactly(numbers(fields[4]));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void interpolatesLearnedPositions(String line) {
    String[] fields = line.split(" ");
    Map<String, Tensor> inputs = new PositionTable(48 * 48).inputs(grid(fields));
    int[] indices = inputs.get("position_indices").ints();
    float[] asFloats = new float[indices.length];
    for (int i = 0; i < indices.length; i++) {
      asFloats[i] = indices[i];
    }

    assertThat(Goldens.digest(asFloats)).isEqualTo(fields[3]);
    assertThat(Goldens.digest(inputs.get("position_weights").floats())).isEqualTo(fields[4]);
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void placesAnyMixOfTextAndPictures(String line) {
    String[] fields = line.split(" ");
    List<PatchGrid> pictures = new ArrayList<>();
    int[] ids = ids(fields[0], pictures);

    PromptPositions positions = PromptPositions.of(ids, IMAGE, pictures);

    String[] axes = fields[1].split("/");
    for (int axis = 0; axis < axes.length; axis++) {
      assertThat(positions.axes()[axis]).containsExactly(numbers(axes[axis]));
    }
    assertThat(positions.next() - ids.length).isEqualTo(Integer.parseInt(fields[2]));
  }

  @Test
  void refusesPicturesThatDoNotFitThePlaceholders() {
    PatchGrid grid = new PatchGrid(4, 4, 2);

    for (int[] ids : List.of(new int[] {1, IMAGE, IMAGE}, new int[] {1}, new int[5])) {
      assertThatThrownBy(() -> PromptPositions.of(ids, IMAGE, List.of(grid)))
          .isInstanceOf(VlmException.class)
          .hasFieldOrPropertyWithValue("code", ErrorCode.IMAGE_COUNT_MISMATCH);
    }
  }

  /** Reads parts such as {@code t3} (text) and {@code 4x6} (a picture of so many patches). */
  private static int[] ids(String parts, List<PatchGrid> pictures) {
    List<Integer> ids = new ArrayList<>();
    for (String part : parts.split("\\+")) {
      int count;
      if (part.startsWith("t")) {
        count = Integer.parseInt(part.substring(1));
      } else {
        String[] sides = part.split("x");
        pictures.add(new PatchGrid(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), 2));
        count = pictures.get(pictures.size() - 1).tokens();
      }
      for (int i = 0; i < count; i++) {
        ids.add(part.startsWith("t") ? 0 : IMAGE);
      }
    }
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  private static PatchGrid grid(String[] fields) {
    return new PatchGrid(Integer.parseInt(fields[1]), Integer.parseInt(fields[2]), 2);
  }

  private static int[] numbers(String list) {
    return Arrays.stream(list.split(",")).mapToInt(Integer::parseInt).toArray();
  }
}
