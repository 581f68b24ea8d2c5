package dev.vlm4j.zoo.image;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decodes damaged pictures of one format for some time, in a virtual machine of its own with little
 * memory. Arguments: format, seconds, first seed. Ends with 1 and a description at the first
 * failure.
 */
final class ImageFuzz {
  private static final int MAX_PIXELS = 16_000_000;

  /** Of processor time: a busy machine must not fail. */
  private static final long LONGEST_NANOS = 10_000_000_000L;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Set<ErrorCode> EXPECTED =
      Set.of(
          ErrorCode.IMAGE_UNREADABLE,
          ErrorCode.IMAGE_UNSUPPORTED_FORMAT,
          ErrorCode.IMAGE_TOO_LARGE);
  private static final List<String> INTERNALS =
      List.of("java.", "javax.", "com.sun", "luciad", "kotlin", "Exception", "Error:", "null", "@");

  private final ImageDecoder decoder = new ImageDecoder(MAX_PIXELS);
  private final List<byte[]> files = new ArrayList<>();
  private final Map<ErrorCode, Integer> errors = new EnumMap<>(ErrorCode.class);
  private int decoded;
  private long slowest;

  private ImageFuzz(ImageFormat format) {
    for (String line : Fixtures.lines("expected.txt")) {
      byte[] file = Fixtures.bytes(line.split(" ")[0]);
      if (ImageFormat.of(file) == format) {
        files.add(file);
      }
    }
  }

  public static void main(String[] arguments) {
    ImageFormat format = ImageFormat.valueOf(arguments[0]);
    long end = System.nanoTime() + Long.parseLong(arguments[1]) * 1_000_000_000L;
    ImageFuzz fuzz = new ImageFuzz(format);
    long seed = Long.parseLong(arguments[2]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    while (System.nanoTime() < end) {
      String failure = fuzz.failure(seed);
      if (!failure.isEmpty()) {
        out.println("seed " + seed + ": " + failure);
        System.exit(1);
      }
      seed++;
    }
    out.println(
        format
            + ": "
            + (seed - Long.parseLong(arguments[2]))
            + " files, decoded "
            + fuzz.decoded
            + ", errors "
            + fuzz.errors
            + ", slowest "
            + fuzz.slowest / 1_000_000
            + " ms");
  }

  /** Returns what is wrong with the outcome of one damaged file; empty for nothing. */
  private String failure(long seed) {
    byte[] original = files.get((int) (seed % files.size()));
    byte[] file = new Mutations(seed, files).of(original);
    long start = THREADS.getCurrentThreadCpuTime();
    String failure = outcome(file);
    long took = THREADS.getCurrentThreadCpuTime() - start;
    slowest = Math.max(slowest, took);
    if (failure.isEmpty() && took > LONGEST_NANOS) {
      failure = "took " + took / 1_000_000 + " ms";
    }
    return failure.isEmpty() ? "" : failure + "\n" + HexFormat.of().formatHex(file);
  }

  private String outcome(byte[] file) {
    try {
      decoder.decode(file);
      decoded++;
      return "";
    } catch (VlmException e) {
      String message = String.valueOf(e.getMessage());
      errors.merge(e.code(), 1, Integer::sum);
      boolean outOfMemory = message.contains("does not fit in memory");
      boolean leaks = INTERNALS.stream().anyMatch(message::contains);
      return EXPECTED.contains(e.code()) && !outOfMemory && !leaks ? "" : e.code() + " " + message;
    } catch (Throwable e) {
      return "threw " + e;
    }
  }
}
