package dev.vlm4j.zoo.parity;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.Tolerance;

/**
 * The one table of how far an engine may lie from the base. The relative part counts from the
 * largest number of the base's result: rounding follows the large numbers of a row, and spreads to
 * its small ones in every product.
 */
public final class ParityTolerances {
  private static final Tolerance EXACT =
      new Tolerance(0, 0, "pixel values are computed in Java, the same way for every engine");
  private static final Tolerance FP32_STATES =
      new Tolerance(1e-5, 5e-5, "engines add in different orders, layer after layer");
  private static final Tolerance FP32_LOGITS =
      new Tolerance(1e-4, 5e-5, "tower and decoder add in different orders, layer after layer");
  private static final Tolerance BF16_STATES =
      new Tolerance(1e-2, 5e-2, "8 bits of mantissa: each layer rounds by up to 1 in 256");
  private static final Tolerance BF16_LOGITS =
      new Tolerance(1e-1, 1e-1, "8 bits of mantissa, through tower, decoder and output layer");

  private ParityTolerances() {}

  /**
   * Returns the tolerance of a stage.
   *
   * @throws VlmException {@code PRECISION_UNSUPPORTED} for a precision that no row is set for
   */
  public static Tolerance of(Precision precision, ParityStage stage) {
    if (stage == ParityStage.PIXEL_VALUES) {
      return EXACT;
    }
    boolean logits = stage == ParityStage.FIRST_LOGITS || stage == ParityStage.STEP_LOGITS;
    return switch (precision) {
      case FP32 -> logits ? FP32_LOGITS : FP32_STATES;
      case BF16 -> logits ? BF16_LOGITS : BF16_STATES;
      case INT8, INT4 ->
          throw new VlmException(
              ErrorCode.PRECISION_UNSUPPORTED,
              "no tolerance is set for " + precision.label() + " yet: compare in fp32 or bf16");
    };
  }

  /**
   * Returns whether answers must have the same tokens. In fp32 that is what the product promises;
   * with fewer bits the two best scores are often nearer to each other than one rounding.
   */
  public static boolean sameTokens(Precision precision) {
    return precision == Precision.FP32;
  }
}
