package dev.vlm4j.backend.djl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** What the processor can do, as far as the operating system tells. */
final class CpuFeatures {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private CpuFeatures() {}

  /** Returns whether products of brain floats are instructions of the processor. */
  static boolean multiplyBrainFloats() {
    return multiplyBrainFloats(CPU_INFO);
  }

  /**
   * Without a readable file, as on other systems than Linux, nothing is known: the answer is no.
   */
  static boolean multiplyBrainFloats(Path cpuInfo) {
    if (!Files.isReadable(cpuInfo)) {
      return false;
    }
    try {
      Set<String> words = new HashSet<>(Arrays.asList(Files.readString(cpuInfo).split("\\s+")));
      return words.contains("avx512_bf16") || words.contains("amx_bf16");
    } catch (IOException e) {
      return false;
    }
  }
}
