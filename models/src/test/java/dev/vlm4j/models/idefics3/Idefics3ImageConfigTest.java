package dev.vlm4j.models.idefics3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.ImageSize;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class Idefics3ImageConfigTest {
  private static Idefics3ImageConfig sized(@Nullable ImageSize size, @Nullable ImageSize tile) {
    return new Idefics3ImageConfig(null, size, tile, null, null);
  }

  @Test
  void silentFilesMeanTheDefaultsOfTheClass() {
    Idefics3ImageConfig config = sized(null, null);

    assertThat(config.tile()).isEqualTo(364);
    assertThat(config.splits()).isTrue();
    assertThat(config.pads()).isTrue();
    assertThat(config.resized(new Extent(10, 20))).isEqualTo(new Extent(728, 1456));
  }

  @Test
  void aBareNumberMeansBothSides() {
    assertThat(sized(ImageSize.of(100), null).resized(new Extent(10, 20)))
        .isEqualTo(new Extent(100, 100));
  }

  @Test
  void refusesSizesThatTheReferenceCannotRead() {
    refused(() -> sized(ImageSize.shortestEdge(9), null).resized(new Extent(1, 1)), "longest_edge");
    refused(() -> sized(null, ImageSize.of(9, 9)).tile(), "max_image_size");
  }

  @Test
  void refusesOtherProcessors() {
    assertThatThrownBy(() -> new Idefics3ImageConfig("CLIPImageProcessor", null, null, null, null))
        .isInstanceOfSatisfying(
            VlmException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.ARCHITECTURE_UNSUPPORTED));
  }

  private static void refused(ThrowingCallable call, String field) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining(field);
  }
}
