package dev.vlm4j.spi;

/**
 * Version of the closed set of primitives; a backend states the one that it was compiled against.
 */
public final class OpSet {
  /** Raised whenever a primitive is added or changed. */
  public static final int VERSION = 1;

  private OpSet() {}
}
