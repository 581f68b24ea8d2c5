package dev.vlm4j.spi;

/**
 * How a graph is compiled.
 *
 * @param precision number format of {@link dev.vlm4j.graph.DType#FLOAT}
 * @param nativeForms whether composites may use the engine's own operators; false lowers the
 *     expansion of every composite, which is slower and gives the same results
 */
public record CompileOptions(Precision precision, boolean nativeForms) {
  /** 32-bit floats with the engine's own operators. */
  public static final CompileOptions DEFAULT = new CompileOptions(Precision.FP32, true);
}
