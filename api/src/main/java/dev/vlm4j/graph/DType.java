package dev.vlm4j.graph;

/** Element type of a graph value. */
public enum DType {
  /**
   * A float in the precision that the graph is compiled for: 32-bit for fp32, bfloat16 for bf16.
   */
  FLOAT,
  /** A 32-bit float in every precision: positions, angles and norms are computed in it. */
  FLOAT32,
  /** A 32-bit signed integer. */
  INT,
  /** A truth value. */
  BOOL;

  /** Returns whether values of this type are floats. */
  public boolean isFloat() {
    return this == FLOAT || this == FLOAT32;
  }

  /** Returns whether values of this type are numbers. */
  public boolean isNumeric() {
    return this != BOOL;
  }
}
