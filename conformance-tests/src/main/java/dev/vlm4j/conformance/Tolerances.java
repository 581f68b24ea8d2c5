package dev.vlm4j.conformance;

import dev.vlm4j.spi.Tolerance;
import java.util.Map;
import java.util.TreeMap;

/** The one table of tolerances of fp32 results, by the longest matching start of a case's name. */
final class Tolerances {
  private static final Tolerance EXACT = new Tolerance(0, 0, "elements are moved or counted only");
  private static final Tolerance ONE_ROUNDING =
      new Tolerance(0, 1.2e-7, "one operation of IEEE 754 rounds correctly on every engine");
  private static final Tolerance FUNCTION =
      new Tolerance(1e-7, 1e-6, "vectorised functions err by a few units in the last place");
  private static final Tolerance SUM =
      new Tolerance(4e-6, 4e-6, "engines add in different orders and fuse products");
  private static final Tolerance COMPOSITE =
      new Tolerance(4e-6, 1e-5, "several sums and functions follow each other");

  private static final Map<String, Tolerance> TABLE = new TreeMap<>();

  static {
    for (String exact :
        "compare logical not select cast reshape permute expand slice concat".split(" ")) {
      TABLE.put(exact, EXACT);
    }
    for (String exact :
        "pad iota constant gather scatter_rows cache argmax reduce.max".split(" ")) {
      TABLE.put(exact, EXACT);
    }
    TABLE.put("graph", ONE_ROUNDING);
    TABLE.put("constant.in_arithmetic", ONE_ROUNDING);
    TABLE.put("unary", FUNCTION);
    TABLE.put("unary.neg", EXACT);
    TABLE.put("unary.abs", EXACT);
    TABLE.put("unary.sqrt", ONE_ROUNDING);
    TABLE.put("binary", ONE_ROUNDING);
    TABLE.put("binary.pow", FUNCTION);
    TABLE.put("softmax", FUNCTION);
    for (String sum : "reduce linear matmul conv2d".split(" ")) {
      TABLE.put(sum, SUM);
    }
    TABLE.put(
        "reduce.sum.long", new Tolerance(2e-4, 4e-6, "a thousand terms of both signs cancel"));
    TABLE.put("linear.long", new Tolerance(2e-4, 4e-6, "512 products of both signs cancel"));
    for (String name :
        "layer_norm rms_norm activation gated_activation rotary_angles rotary_embedding"
            .split(" ")) {
      TABLE.put(name, COMPOSITE);
    }
    for (String name : "attention channel_attention".split(" ")) {
      TABLE.put(name, COMPOSITE);
    }
  }

  private Tolerances() {}

  static Tolerance of(String caseName) {
    String prefix = caseName;
    while (!TABLE.containsKey(prefix)) {
      int dot = prefix.lastIndexOf('.');
      if (dot < 0) {
        throw new IllegalArgumentException("no tolerance is set for the case " + caseName);
      }
      prefix = prefix.substring(0, dot);
    }
    return TABLE.get(prefix);
  }
}
