package dev.vlm4j.zoo.cli;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The most memory that this process ever had resident, native memory included. */
final class PeakMemory {
  /** Bytes of a megabyte in every result of this package. */
  static final double BYTES_PER_MB = 1e6;

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final double BYTES_PER_KIB = 1024;

  private PeakMemory() {}

  /** Returns megabytes of 10^6 bytes; empty where the system does not tell (only Linux does). */
  static OptionalDouble megabytes() {
    if (!Files.isReadable(STATUS)) {
      return OptionalDouble.empty();
    }
    try {
      return megabytes(Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE, "cannot read " + STATUS + ": " + IoReason.of(e), e);
    }
  }

  static OptionalDouble megabytes(List<String> status) {
    return status.stream()
        .map(PEAK::matcher)
        .filter(Matcher::matches)
        .mapToDouble(peak -> Long.parseLong(peak.group(1)) * BYTES_PER_KIB / BYTES_PER_MB)
        .findFirst();
  }
}
