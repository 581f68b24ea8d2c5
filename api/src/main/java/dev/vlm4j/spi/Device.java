package dev.vlm4j.spi;

/**
 * Where an engine computes.
 *
 * @param kind processor type
 * @param index number of the device, from 0
 */
public record Device(Kind kind, int index) {
  /** The host's processor. */
  public static final Device CPU = new Device(Kind.CPU, 0);

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

  @Override
  public String toString() {
    return kind == Kind.CPU ? "cpu" : "gpu:" + index;
  }
}
