package dev.vlm4j.spi;

/** Number format that a graph computes in. */
public enum Precision {
  /** 32-bit floats: the mode whose tokens equal the reference library's. */
  FP32,
  /** Brain floats, norms and softmax in 32 bits. */
  BF16,
  /** 8-bit integer weights. */
  INT8,
  /** 4-bit integer weights. */
  INT4;

  /** Returns the name that users type, for example {@code bf16}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
