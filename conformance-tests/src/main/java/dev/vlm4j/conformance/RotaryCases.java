package dev.vlm4j.conformance;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.RotaryAngles;
import dev.vlm4j.graph.nn.RotaryEmbedding;
import dev.vlm4j.graph.op.Unary;
import java.util.ArrayList;
import java.util.List;

/** Cases of rotary angles and embeddings. */
final class RotaryCases {
  private static final double BASE = 10_000;
  private static final int FREQUENCIES = 8;
  private static final List<Integer> SECTIONS = List.of(4, 2, 2);

  private final CaseList list = new CaseList();

  private RotaryCases() {}

  static List<ConformanceCase> all() {
    RotaryCases cases = new RotaryCases();
    cases.angles();
    cases.embeddings();
    return cases.list.cases();
  }

  private void angles() {
    list.add(
        "rotary_angles.plain",
        g -> {
          Value positions = g.ints("positions", "rows,n");
          Value angles =
              g.at().apply(new RotaryAngles(frequencies(FREQUENCIES), List.of()), positions);
          g.out(angles);
          g.out("cos", g.at().unary(Unary.Function.COS, angles));
          g.out("sin", g.at().unary(Unary.Function.SIN, angles));
        });
    sections("rotary_angles.chunked", RotaryAngles.chunked(SECTIONS));
    sections("rotary_angles.interleaved", RotaryAngles.interleaved(SECTIONS));
  }

  private void sections(String name, List<Integer> sections) {
    RotaryAngles op = new RotaryAngles(frequencies(FREQUENCIES), sections);
    list.add(name, g -> g.out(g.at().apply(op, g.ints("positions", "3,rows,n"))));
  }

  private void embeddings() {
    for (int heads : new int[] {1, 3}) {
      embedding("full_" + heads, heads, 4);
      embedding("partial_" + heads, heads, 3);
      embedding("one_pair_" + heads, heads, 1);
    }
    list.add("rotary_embedding.of_positions", RotaryCases::ofPositions);
  }

  private void embedding(String name, int heads, int half) {
    list.add(
        "rotary_embedding." + name,
        g -> {
          Value cos = g.in("cos", "2,n," + half);
          Value sin = g.in("sin", "2,n," + half);
          g.out(g.at().apply(new RotaryEmbedding(), g.in("x", "2,n," + heads + ",8"), cos, sin));
        });
  }

  private static void ofPositions(CaseGraph g) {
    Scope at = g.at();
    Value positions = g.ints("positions", "rows,n");
    Value angles = at.apply(new RotaryAngles(frequencies(4), List.of()), positions);
    Value cos = at.cast(at.unary(Unary.Function.COS, angles), DType.FLOAT);
    Value sin = at.cast(at.unary(Unary.Function.SIN, angles), DType.FLOAT);
    g.out(at.apply(new RotaryEmbedding(), g.in("x", "rows,n,2,8"), cos, sin));
  }

  /** Single precision at every step, as the reference library computes them. */
  private static List<Float> frequencies(int count) {
    List<Float> frequencies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float exponent = 2f * i / (2f * count);
      frequencies.add(1f / (float) Math.pow(BASE, exponent));
    }
    return frequencies;
  }
}
