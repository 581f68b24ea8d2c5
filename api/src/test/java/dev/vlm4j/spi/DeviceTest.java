package dev.vlm4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {
  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu:0", "gpu:13"})
  void readsWhatItWrites(String text) {
    assertThat(Device.parse(text)).hasToString(text);
  }

  @Test
  void takesTheFirstGpuWithoutANumber() {
    assertThat(Device.parse("gpu")).isEqualTo(Device.gpu(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GPU", "cuda:0", "gpu:", "gpu:-1", "cpu:0", "gpu:99999"})
  void refusesWhatNamesNoDevice(String text) {
    assertThatThrownBy(() -> Device.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cpu, gpu, gpu:NUMBER");
  }
}
