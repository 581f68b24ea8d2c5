package dev.vlm4j.models.towers;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Activation;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.LayerNorm;

/**
 * What encoder and decoder of BART have in common: learned positions, attention and MLP, each
 * followed by its residual and its norm. Source: {@code BartAttention}, {@code BartEncoderLayer} in
 * <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/bart/modeling_bart.py">modeling_bart.py</a>.
 *
 * @param spec the model
 * @param half the half that the layer belongs to
 */
record BartLayer(BartSpec spec, BartSpec.Half half) {
  private static final double EPSILON = 1e-5;

  /** Padding once had the first two rows of the table of positions. */
  private static final int FIRST_POSITION = 2;

  /** Returns embedded tokens with their positions, normed. */
  Value embed(Scope at, Value embedded, Value positions) {
    int rows = spec.maxPositions() + FIRST_POSITION;
    Value table = at.at("embed_positions").weight("weight", rows, spec.hiddenSize());
    Value learned = at.gather(table, 0, at.add(positions, FIRST_POSITION));
    return norm(at.at("layernorm_embedding"), at.add(embedded, learned));
  }

  int headDim() {
    return spec.hiddenSize() / half.heads();
  }

  double scale() {
    return 1 / Math.sqrt(headDim());
  }

  /**
   * Returns {@code norm(x + attention)}.
   *
   * @param at scope of the layer
   * @param name name of the attention; its norm is {@code name_layer_norm}
   * @param source what keys and values are made of
   */
  Value attend(Scope at, String name, Attention attention, Value x, Value source) {
    Scope module = at.at(name);
    Value mixed =
        module.apply(
            attention,
            project(module, "q_proj", x),
            project(module, "k_proj", source),
            project(module, "v_proj", source));
    Value joined = module.reshape(mixed, x.dim(0), x.dim(1), x.dim(2));
    Value out = module.linear("out_proj", joined, spec.hiddenSize(), true);
    return norm(at.at(name + "_layer_norm"), at.add(x, out));
  }

  private Value project(Scope at, String name, Value x) {
    Value all = at.linear(name, x, spec.hiddenSize(), true);
    return at.reshape(all, x.dim(0), x.dim(1), Dim.fixed(half.heads()), Dim.fixed(headDim()));
  }

  /** Returns {@code norm(x + mlp(x))}. */
  Value feed(Scope at, Value x) {
    Value up = at.linear("fc1", x, half.intermediateSize(), true);
    Value activated = at.apply(new Activation(spec.activation()), up);
    Value down = at.linear("fc2", activated, spec.hiddenSize(), true);
    return norm(at.at("final_layer_norm"), at.add(x, down));
  }

  private static Value norm(Scope at, Value x) {
    return LayerNorm.module(at, x, EPSILON);
  }
}
