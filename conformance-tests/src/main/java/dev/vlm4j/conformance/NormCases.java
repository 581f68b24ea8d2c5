package dev.vlm4j.conformance;

import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Activation;
import dev.vlm4j.graph.nn.GatedActivation;
import dev.vlm4j.graph.nn.LayerNorm;
import dev.vlm4j.graph.nn.RmsNorm;
import java.util.List;
import java.util.Locale;

/** Cases of the norms and activations. */
final class NormCases {
  private static final double SMALL = 1e-6;
  private static final double USUAL = 1e-5;

  private final CaseList list = new CaseList();

  private NormCases() {}

  static List<ConformanceCase> all() {
    NormCases cases = new NormCases();
    cases.norms();
    cases.computedScales();
    cases.activations();
    return cases.list.cases();
  }

  private void norms() {
    for (String stored : List.of("f32", "f16", "bf16")) {
      layerNorm(stored, "n,8", USUAL);
      rmsNorm(stored, "n,8", SMALL);
    }
    layerNorm("vector", "8", SMALL);
    layerNorm("sequence", "2,3,8", SMALL);
    layerNorm("heads", "2,3,2,8", SMALL);
    layerNorm("offset", "2,64", USUAL);
    layerNorm("constant_row", "1,4", USUAL);
    rmsNorm("vector", "8", USUAL);
    rmsNorm("sequence", "2,3,8", USUAL);
    rmsNorm("heads", "2,3,2,8", USUAL);
    rmsNorm("small", "2,8", SMALL);
  }

  private void layerNorm(String name, String x, double epsilon) {
    list.add(
        "layer_norm." + name,
        g -> g.out(LayerNorm.module(g.at().at("norm"), g.in("x", x), epsilon)));
  }

  private void rmsNorm(String name, String x, double epsilon) {
    list.add(
        "rms_norm." + name, g -> g.out(RmsNorm.module(g.at().at("norm"), g.in("x", x), epsilon)));
  }

  private void computedScales() {
    list.add(
        "layer_norm.float32",
        g ->
            g.out(
                g.at()
                    .apply(
                        new LayerNorm(USUAL),
                        g.in("x", Element.FLOAT32, "2,8"),
                        g.in("w", Element.FLOAT32, "8"),
                        g.in("b", Element.FLOAT32, "8"))));
    list.add(
        "rms_norm.float32",
        g ->
            g.out(
                g.at()
                    .apply(
                        new RmsNorm(USUAL),
                        g.in("x", Element.FLOAT32, "2,8"),
                        g.in("w", Element.FLOAT32, "8"))));
    list.add(
        "rms_norm.offset_from_one",
        g -> {
          Scope at = g.at();
          Value scale = at.add(at.weight("norm.weight", 8), 1);
          g.out(at.apply(new RmsNorm(SMALL), g.in("x", "2,3,8"), scale));
        });
  }

  private void activations() {
    for (Activation.Kind kind : Activation.Kind.values()) {
      String label = kind.name().toLowerCase(Locale.ROOT);
      activation(label + ".float", kind, Element.FLOAT, "4,12");
      activation(label + ".float32", kind, Element.FLOAT32, "4,12");
      activation(label + ".symbolic", kind, Element.FLOAT, "n,3");
      list.add(
          "gated_activation." + label,
          g -> {
            Value gate = g.in("gate", "1,n,6");
            g.out(g.at().apply(new GatedActivation(kind), gate, g.in("up", "1,n,6")));
          });
    }
  }

  private void activation(String name, Activation.Kind kind, Element element, String shape) {
    list.add(
        "activation." + name,
        g -> g.out(g.at().apply(new Activation(kind), g.in("x", element, shape))));
  }
}
