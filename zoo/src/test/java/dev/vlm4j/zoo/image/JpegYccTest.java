package dev.vlm4j.zoo.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegYccTest {
  private static final int LEVELS = 256;

  /** libjpeg's formula, in its 16 bits of fraction, for all 16.7 million colours. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void allColoursAreThoseOfTheFormula(int bands) {
    for (int y = 0; y < LEVELS; y++) {
      byte[] samples = new byte[LEVELS * LEVELS * bands];
      byte[] expected = new byte[samples.length];
      for (int i = 0; i < LEVELS * LEVELS; i++) {
        int cb = i / LEVELS;
        int cr = i % LEVELS;
        put(samples, i * bands, y, cb, cr);
        put(
            expected,
            i * bands,
            clip(y + (91881 * (cr - 128) + 32768 >> 16)),
            clip(y + (-22554 * (cb - 128) - 46802 * (cr - 128) + 32768 >> 16)),
            clip(y + (116130 * (cb - 128) + 32768 >> 16)));
      }
      if (bands == 3) {
        JpegYcc.convert(samples);
      } else {
        JpegYcc.convert(samples, bands);
      }
      assertThat(samples).isEqualTo(expected);
    }
  }

  @Test
  void theFourthSampleOfAPixelStays() {
    byte[] samples = {10, 20, 30, 40, 50, 60, 70, 80};
    JpegYcc.convert(samples, 4);
    assertThat(samples[3]).isEqualTo((byte) 40);
    assertThat(samples[7]).isEqualTo((byte) 80);
  }

  private static void put(byte[] array, int at, int first, int second, int third) {
    array[at] = (byte) first;
    array[at + 1] = (byte) second;
    array[at + 2] = (byte) third;
  }

  private static int clip(int level) {
    return Math.max(0, Math.min(255, level));
  }
}
