package dev.vlm4j.spi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an engine computes.
 *
 * @param kind processor type
 * @param index number of the device, from 0; 0 for the host's processor
 */
public record Device(Kind kind, int index) {
  /** The host's processor. */
  public static final Device CPU = new Device(Kind.CPU, 0);

  private static final Pattern TEXT = Pattern.compile("cpu|gpu(?::([0-9]{1,4}))?");

  /** Processor types. */
  public enum Kind {
    /** The host's processor. */
    CPU,
    /** A CUDA device. */
    GPU
  }

  /** Returns the GPU of that number. */
  public static Device gpu(int index) {
    return new Device(Kind.GPU, index);
  }

  /**
   * Reads what {@link #toString} writes: {@code cpu} or {@code gpu:1}; {@code gpu} is the first
   * one.
   *
   * @throws IllegalArgumentException if the text names no device
   */
  public static Device parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no device; there are: cpu, gpu, gpu:NUMBER");
    } else if (text.equals("cpu")) {
      return CPU;
    }
    return gpu(matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1)));
  }

  @Override
  public String toString() {
    return kind == Kind.CPU ? "cpu" : "gpu:" + index;
  }
}
