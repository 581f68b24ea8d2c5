package dev.vlm4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.Capability;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.Device;
import dev.vlm4j.spi.OpSet;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.StorageType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A backend says what it can do, and fails with the typed error where it says that it cannot. */
interface CapabilityTests {
  /** Returns the backend that is examined. */
  BackendUnderTest subject();

  @Test
  default void describesItself() {
    Backend backend = subject().backend();
    assertThat(subject().provider().name()).matches("[a-z0-9]+");
    assertThat(subject().provider().opSetVersion()).isEqualTo(OpSet.VERSION);
    assertThat(subject().provider().description()).isNotBlank().doesNotContain("\n");
    assertThat(backend.name()).isEqualTo(subject().provider().name());
    assertThat(backend.engineVersion()).isNotBlank();
  }

  @Test
  default void computesInSinglePrecision() {
    assertThat(subject().backend().precisions()).contains(Precision.FP32);
  }

  @Test
  default void prefersAPrecisionThatItHas() {
    Backend backend = subject().backend();
    for (StorageType stored : List.of(StorageType.F32, StorageType.F16, StorageType.BF16)) {
      assertThat(backend.precisions()).contains(backend.preferredPrecision(stored));
    }
  }

  @Test
  default void refusesPrecisionsThatItLacks() {
    Backend backend = subject().backend();
    for (Precision precision : Precision.values()) {
      if (!backend.precisions().contains(precision)) {
        String message =
            Failures.expect(ErrorCode.PRECISION_UNSUPPORTED, () -> compile(backend, precision));
        assertThat(message).contains(precision.label());
      }
    }
  }

  private static void compile(Backend backend, Precision precision) {
    List<StoredWeight> stored = List.of(SessionFixture.weight("proj.weight"));
    try (TestCheckpoint weights = TestCheckpoint.write(stored, TestCheckpoint.Layout.ALIGNED)) {
      backend.compile(SessionFixture.graph(), weights, new CompileOptions(precision, true)).close();
    }
  }

  @Test
  default void refusesAGpuThatItCannotUse() {
    if (!subject().backend().supports(Capability.GPU)) {
      BackendOptions options = new BackendOptions(0, Device.gpu(0));
      Failures.expect(
          ErrorCode.BACKEND_UNAVAILABLE, () -> subject().provider().create(options).close());
    }
  }
}
