package dev.vlm4j.conformance;

import dev.vlm4j.graph.DType;
import java.util.Locale;

/** Element types of a case's operand, with the name that recordings use. */
enum Element {
  FLOAT(DType.FLOAT),
  FLOAT32(DType.FLOAT32),
  INT(DType.INT),
  BOOL(DType.INT);

  private final DType fed;

  Element(DType fed) {
    this.fed = fed;
  }

  /** Returns the type of the graph input; truth values are made from integers. */
  DType fed() {
    return fed;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
