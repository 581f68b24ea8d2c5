package dev.vlm4j.zoo.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which of equal numbers wins was recorded from PyTorch 2.15. */
class TopKTest {
  private static float[] levels(int count, int levels) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (i * 7919L % 10007) % levels;
    }
    return values;
  }

  @Test
  void findsTheLargestInOrder() {
    Random random = new Random(5);
    for (int count : new int[] {1, 2, 3, 7, 40, 700, 5000}) {
      float[] values = new float[count];
      IntStream.range(0, count).forEach(i -> values[i] = random.nextFloat());
      for (int k = 1; k <= Math.min(count, 40); k++) {
        int[] expected =
            IntStream.range(0, count)
                .boxed()
                .sorted((a, b) -> Float.compare(values[b], values[a]))
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
        assertThat(TopK.of(values, k)).isEqualTo(expected);
      }
    }
  }

  @Test
  void choosesAmongEqualNumbersAsTheReferenceDoes() {
    assertThat(TopK.of(levels(12, 2), 5)).containsExactly(1, 11, 10, 4, 2);
    assertThat(TopK.of(levels(9, 1), 4)).containsExactly(7, 5, 6, 4);
    assertThat(TopK.of(levels(30, 3), 12))
        .containsExactly(15, 29, 19, 18, 17, 16, 3, 1, 2, 4, 8, 21);
    assertThat(TopK.of(levels(100, 4), 30))
        .containsExactly(
            99, 2, 3, 4, 21, 20, 22, 23, 39, 40, 41, 42, 43, 58, 59, 60, 61, 62, 77, 78, 79, 80, 81,
            96, 97, 98, 1, 47, 46, 45);
    assertThat(TopK.of(levels(200, 1), 3)).containsExactly(0, 1, 2);
    assertThat(TopK.of(levels(1000, 5), 8)).containsExactly(22, 1, 30, 26, 5, 34, 18, 14);
    assertThat(TopK.of(levels(3000, 40), 20))
        .containsExactly(
            349, 233, 307, 154, 196, 618, 80, 729, 270, 539, 43, 423, 655, 1, 692, 117, 771, 576,
            502, 386);
    assertThat(TopK.of(levels(64, 1), 40))
        .containsExactly(
            35, 44, 43, 42, 41, 40, 39, 38, 37, 36, 45, 34, 33, 12, 9, 10, 11, 14, 15, 8, 54, 63,
            62, 61, 60, 59, 58, 57, 56, 55, 32, 53, 52, 51, 50, 49, 48, 47, 46, 13);
  }

  @Test
  void numbersMayBeInfinitelySmall() {
    float[] values = new float[9];
    java.util.Arrays.fill(values, Float.NEGATIVE_INFINITY);
    values[6] = -3;
    assertThat(TopK.of(values, 2)).startsWith(6).hasSize(2);
  }
}
