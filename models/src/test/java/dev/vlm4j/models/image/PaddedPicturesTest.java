package dev.vlm4j.models.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.spi.StorageType;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaddedPicturesTest {
  private static final RgbImage WIDE = new RgbImage(2, 1, new byte[] {1, 2, 3, 4, 5, 6});
  private static final RgbImage TALL = new RgbImage(1, 2, new byte[] {7, 8, 9, 10, 11, 12});

  @Test
  void smallerPicturesGetZerosAndAMask() {
    List<ProcessorTensor> tensors =
        new PaddedPictures(PixelScaling.none(), true).tensors(List.of(WIDE, TALL));

    assertThat(tensors)
        .extracting(ProcessorTensor::name)
        .containsExactly("pixel_values", "pixel_attention_mask");
    assertThat(tensors.get(0).tensor().sizes()).containsExactly(1, 2, 3, 2, 2);
    assertThat(tensors.get(0).tensor().floats())
        .containsExactly(1, 4, 0, 0, 2, 5, 0, 0, 3, 6, 0, 0, 7, 0, 10, 0, 8, 0, 11, 0, 9, 0, 12, 0);
    assertThat(tensors.get(1).type()).isEqualTo(StorageType.I64);
    assertThat(tensors.get(1).tensor().sizes()).containsExactly(1, 2, 2, 2);
    assertThat(tensors.get(1).tensor().ints()).containsExactly(1, 1, 0, 0, 1, 0, 1, 0);
  }

  @Test
  void withoutPaddingThereIsNoMaskAndOneSize() {
    PaddedPictures unpadded = new PaddedPictures(PixelScaling.none(), false);

    assertThat(unpadded.tensors(List.of(WIDE, WIDE))).hasSize(1);
    assertThatThrownBy(() -> unpadded.tensors(List.of(WIDE, TALL)))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("do_pad");
  }
}
