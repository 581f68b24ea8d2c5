package dev.vlm4j.zoo.doctor;

import dev.vlm4j.zoo.hub.DiskSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Looks at Java, processor, memory and the folder for temporary files. */
final class MachineExam {
  /** Below this, not even the smallest checkpoints on the Hub fit. */
  private static final long LITTLE_MEMORY = 2_000_000_000L;

  /** Engines unpack native libraries there; the largest takes this much. */
  private static final long LITTLE_TEMPORARY = 1_000_000_000L;

  private static final double GIGA = 1e9;

  private MachineExam() {}

  static List<Finding> findings() {
    return List.of(
        java(),
        Processor.ofMachine().finding(),
        memory(MachineMemory.available(), MachineMemory.total()),
        temporary(Path.of(System.getProperty("java.io.tmpdir", "."))));
  }

  private static Finding java() {
    String found =
        Runtime.version()
            + " of "
            + System.getProperty("java.vendor")
            + ", "
            + System.getProperty("sun.arch.data.model", "?")
            + " bits, heap up to "
            + gigabytes(Runtime.getRuntime().maxMemory());
    return java(found, System.getProperty("sun.arch.data.model", "64"));
  }

  static Finding java(String found, String bits) {
    return bits.equals("32")
        ? Finding.problem("java", found, "engines have no 32-bit libraries: install a 64-bit JDK")
        : Finding.ok("java", found);
  }

  static Finding memory(long available, long total) {
    String found = gigabytes(available) + " of " + gigabytes(total) + " available";
    return available < LITTLE_MEMORY
        ? Finding.warning(
            "memory",
            found,
            "close other programs, or take a machine with more; 'vlm4j plan' says what a model"
                + " needs")
        : Finding.ok("memory", found);
  }

  static Finding temporary(Path folder) {
    String name = "temporary";
    String found = folder + ", " + gigabytes(DiskSpace.free(folder)) + " free";
    if (!isWritable(folder)) {
      return Finding.problem(
          name,
          found + ", not writable",
          "engines unpack their native libraries there: make it writable, or name another folder"
              + " with VLM4J_JAVA_OPTS=-Djava.io.tmpdir=DIR");
    }
    return DiskSpace.free(folder) < LITTLE_TEMPORARY
        ? Finding.warning(name, found, "make room: engines unpack their native libraries there")
        : Finding.ok(name, found);
  }

  /** Asks by writing: permissions do not tell of read-only volumes. */
  static boolean isWritable(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, ".vlm4j-", ".tmp"));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / GIGA);
  }
}
