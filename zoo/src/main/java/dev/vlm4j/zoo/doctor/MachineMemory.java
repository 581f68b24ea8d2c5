package dev.vlm4j.zoo.doctor;

import com.sun.management.OperatingSystemMXBean;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory of this machine. */
public final class MachineMemory {
  private static final Path LINUX = Path.of("/proc/meminfo");
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");
  private static final long KIB = 1024;

  private MachineMemory() {}

  /** Returns the bytes that programs can still get; on Linux, that counts what caches give back. */
  public static long available() {
    try {
      if (Files.isReadable(LINUX)) {
        for (String line : Files.readAllLines(LINUX, StandardCharsets.ISO_8859_1)) {
          Matcher matcher = AVAILABLE.matcher(line);
          if (matcher.matches()) {
            return Math.min(machine().getTotalMemorySize(), Long.parseLong(matcher.group(1)) * KIB);
          }
        }
      }
      return machine().getFreeMemorySize();
    } catch (IOException e) {
      throw new VlmException(ErrorCode.IO_FAILURE, "cannot read " + LINUX + ": " + e, e);
    }
  }

  /** Returns the bytes of memory of this machine or container. */
  static long total() {
    return machine().getTotalMemorySize();
  }

  /** Knows the limit of a container. */
  private static OperatingSystemMXBean machine() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }
}
