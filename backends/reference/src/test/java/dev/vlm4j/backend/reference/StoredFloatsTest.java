package dev.vlm4j.backend.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.spi.StorageType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class StoredFloatsTest {

  @Test
  void readsHalfPrecision() {
    short[] bits = {0x3c00, (short) 0xc000, 0x7bff, 0x0001, 0x0400, 0x7c00, (short) 0xfc00, 0x3555};
    assertThat(read(StorageType.F16, bits))
        .containsExactly(
            1,
            -2,
            65504,
            (float) Math.pow(2, -24),
            (float) Math.pow(2, -14),
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            0.333251953125f);
    assertThat(read(StorageType.F16, (short) 0x7e00)[0]).isNaN();
    assertThat(Float.floatToRawIntBits(read(StorageType.F16, (short) 0x8000)[0]))
        .isEqualTo(Integer.MIN_VALUE);
  }

  @Test
  void readsBrainFloats() {
    assertThat(read(StorageType.BF16, (short) 0x3f80, (short) 0xc049))
        .containsExactly(1, -3.140625f);
  }

  @Test
  void readsSingleAndDoublePrecisionAtAnyOffset() {
    ByteBuffer bytes = ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putFloat(1, 1.5f).putDouble(5, 0.1);
    ByteBuffer odd = bytes.position(1).slice().order(ByteOrder.LITTLE_ENDIAN);
    assertThat(StoredFloats.read(odd, StorageType.F32, 1)).containsExactly(1.5f);
    ByteBuffer behind = odd.position(4).slice().order(ByteOrder.LITTLE_ENDIAN);
    assertThat(StoredFloats.read(behind, StorageType.F64, 1)).containsExactly(0.1f);
  }

  private static float[] read(StorageType type, short... bits) {
    ByteBuffer bytes =
        ByteBuffer.allocate(bits.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (short element : bits) {
      bytes.putShort(element);
    }
    return StoredFloats.read(bytes, type, bits.length);
  }
}
