package dev.vlm4j.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuFeaturesTest {
  @TempDir private Path folder;

  @Test
  void findsInstructionsForBrainFloats() throws IOException {
    assertThat(CpuFeatures.multiplyBrainFloats(withFlags("avx2 avx512_bf16"))).isTrue();
    assertThat(CpuFeatures.multiplyBrainFloats(withFlags("avx2 amx_bf16 sse"))).isTrue();
  }

  @Test
  void assumesNothingElsewhere() throws IOException {
    assertThat(CpuFeatures.multiplyBrainFloats(withFlags("avx2 avx512f"))).isFalse();
    assertThat(CpuFeatures.multiplyBrainFloats(folder.resolve("missing"))).isFalse();
  }

  private Path withFlags(String flags) throws IOException {
    return Files.writeString(folder.resolve("cpuinfo"), "processor : 0\nflags : " + flags + "\n");
  }
}
