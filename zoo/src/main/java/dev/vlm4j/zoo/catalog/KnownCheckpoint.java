package dev.vlm4j.zoo.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A checkpoint that people know.
 *
 * @param alias what may be typed instead of the identifier
 * @param id identifier on the Hub
 * @param modelType {@code model_type} of its {@code config.json}
 * @param family name of its relatives, whose conformance is measured together
 * @param parameters number of parameters, tied ones once; empty if it is unknown
 * @param license licence of the weights; empty if it is unknown
 * @param gated whether terms must be accepted; empty if it is unknown
 * @param goodAt what it is good at
 * @param conformance for each backend, how many recorded cases of the family pass; empty if none
 *     are recorded
 */
public record KnownCheckpoint(
    String alias,
    String id,
    String modelType,
    String family,
    OptionalLong parameters,
    Optional<String> license,
    Optional<Boolean> gated,
    String goodAt,
    Map<String, Conformance> conformance) {
  /** Keeps an immutable copy. */
  public KnownCheckpoint {
    conformance = Map.copyOf(conformance);
  }

  /**
   * Recorded cases on one backend.
   *
   * @param passed cases with the recorded outcome
   * @param cases all cases
   */
  public record Conformance(int passed, int cases) {
    @Override
    public String toString() {
      return passed + "/" + cases;
    }
  }
}
