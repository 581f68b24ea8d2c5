package dev.vlm4j.zoo.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The processor as Linux describes it; of other systems only the architecture is known.
 *
 * @param architecture as Java names it, for example {@code amd64}
 * @param cores processors that this program may use
 * @param flags words of the description, among them the instruction sets; empty if unknown
 */
record Processor(String architecture, int cores, Set<String> flags) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** What engines use: vectors, vectors for brain floats and for small integers, matrix tiles. */
  private static final List<String> INTERESTING =
      List.of(
          "avx",
          "avx2",
          "fma",
          "f16c",
          "avx512f",
          "avx512_vnni",
          "avx_vnni",
          "avx512_bf16",
          "amx_bf16",
          "amx_int8",
          "asimd",
          "asimddp",
          "bf16",
          "i8mm",
          "sve",
          "sve2");

  Processor {
    flags = Set.copyOf(flags);
  }

  static Processor ofMachine() {
    return new Processor(
        System.getProperty("os.arch", "unknown"),
        Runtime.getRuntime().availableProcessors(),
        flags(CPU_INFO));
  }

  static Set<String> flags(Path cpuInfo) {
    if (!Files.isReadable(cpuInfo)) {
      return Set.of();
    }
    try {
      return Files.readAllLines(cpuInfo).stream()
          .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
          .limit(1)
          .flatMap(line -> Arrays.stream(line.substring(line.indexOf(':') + 1).strip().split(" ")))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      // The description is unknown, as on other systems; engines ask the processor itself.
      System.getLogger(Processor.class.getName())
          .log(System.Logger.Level.DEBUG, "the processor's description cannot be read", e);
      return Set.of();
    }
  }

  Finding finding() {
    String name = "processor";
    String found = architecture + ", " + cores + " cores";
    if (flags.isEmpty()) {
      return Finding.ok(name, found + ", features unknown on this system");
    }
    List<String> features = INTERESTING.stream().filter(flags::contains).toList();
    found += ", " + (features.isEmpty() ? "no vector features" : String.join(" ", features));
    boolean intel = architecture.equals("amd64") || architecture.equals("x86_64");
    if (intel && !flags.contains("avx2")) {
      return Finding.warning(
          name,
          found,
          "engines are slow without AVX2, and some do not start: use a newer processor, or let the"
              + " virtual machine pass the features of the host on");
    }
    return Finding.ok(name, found);
  }
}
