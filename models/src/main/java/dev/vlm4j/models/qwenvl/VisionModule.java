package dev.vlm4j.models.qwenvl;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Activation;
import dev.vlm4j.graph.nn.GatedActivation;
import dev.vlm4j.graph.nn.LayerNorm;
import dev.vlm4j.graph.nn.RmsNorm;

/** A part of a vision tower with weights of its own: takes patches as rows, gives rows. */
@FunctionalInterface
interface VisionModule {
  /** Applies the module whose weights are below the scope. */
  Value apply(Scope at, Value rows);

  /** Returns a layer norm. */
  static VisionModule layerNorm() {
    return (at, x) -> LayerNorm.module(at, x, QwenVisionSpec.EPSILON);
  }

  /** Returns a norm by the root mean square. */
  static VisionModule rmsNorm() {
    return (at, x) -> RmsNorm.module(at, x, QwenVisionSpec.EPSILON);
  }

  /** Returns an MLP of two layers of the given names. */
  static VisionModule mlp(QwenVisionSpec spec, String first, String second) {
    return (at, x) -> {
      Value up = at.linear(first, x, spec.intermediateSize(), true);
      Value activated = at.apply(new Activation(spec.activation()), up);
      return at.linear(second, activated, spec.hiddenSize(), true);
    };
  }

  /** Returns a gated MLP with biases. */
  static VisionModule gatedMlp(QwenVisionSpec spec) {
    return (at, x) -> {
      Value gate = at.linear("gate_proj", x, spec.intermediateSize(), true);
      Value up = at.linear("up_proj", x, spec.intermediateSize(), true);
      Value gated = at.apply(new GatedActivation(spec.activation()), gate, up);
      return at.linear("down_proj", gated, spec.hiddenSize(), true);
    };
  }

  /** Returns the layers of a merger, after the norm: squares of patches become features. */
  static VisionModule features(QwenVisionSpec spec, String first, String second) {
    return (at, x) -> {
      Value squares = squares(spec, at, x);
      Value hidden = at.linear(first, squares, squares.dim(1).size(), true);
      Value activated = at.apply(new Activation(Activation.Kind.GELU), hidden);
      return at.linear(second, activated, spec.outSize(), true);
    };
  }

  /** Returns the elements of the patches of a square in one row; rows of squares unchanged. */
  static Value squares(QwenVisionSpec spec, Scope at, Value x) {
    long elements = (long) spec.hiddenSize() * spec.mergedPatches();
    if (x.dim(1).equals(Dim.fixed(elements))) {
      return x;
    }
    return at.reshape(x, x.dim(0).dividedBy(spec.mergedPatches()), Dim.fixed(elements));
  }
}
