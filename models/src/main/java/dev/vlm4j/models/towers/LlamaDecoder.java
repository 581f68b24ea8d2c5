package dev.vlm4j.models.towers;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.GatedActivation;
import dev.vlm4j.graph.nn.KvCache;
import dev.vlm4j.graph.nn.RmsNorm;
import dev.vlm4j.graph.nn.RotaryAngles;
import dev.vlm4j.graph.nn.RotaryEmbedding;
import dev.vlm4j.graph.op.Unary;

/**
 * The decoder of Llama, Mistral, Qwen2 and Qwen3: norms in front, rotary positions, grouped
 * key-value heads, gated MLPs. Source: {@code LlamaModel} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/llama/modeling_llama.py">modeling_llama.py</a>.
 *
 * @param spec its settings
 */
public record LlamaDecoder(DecoderSpec spec) {
  private record Rotation(Value cos, Value sin) {}

  /** Returns the embedding table {@code [vocabSize, hiddenSize]}. */
  public Value embedding(Scope at) {
    return at.at("embed_tokens").weight("weight", spec.vocabSize(), spec.hiddenSize());
  }

  /** What happens to the hidden states between the layers. */
  @FunctionalInterface
  public interface AfterLayer {
    /**
     * Returns what the next layer reads when layer number {@code layer} has given {@code states}.
     */
    Value apply(int layer, Value states);
  }

  /**
   * Returns the hidden states after the last norm.
   *
   * @param at scope of the decoder
   * @param builder takes the caches of all layers
   * @param embedded {@code [rows, new, hiddenSize]}
   * @param positionIds integers {@code [rows, new]}, or {@code [3, rows, new]} if there are
   *     sections
   * @param afterLayer applied between the layers
   */
  public Value hiddenStates(
      Scope at, GraphBuilder builder, Value embedded, Value positionIds, AfterLayer afterLayer) {
    Rotation rotation = rotation(at.at("rotary_emb"), positionIds);
    Value hidden = embedded;
    for (int i = 0; i < spec.layers(); i++) {
      Value states = layer(at.at("layers").at(i), hidden, rotation, attention(builder, i));
      hidden = afterLayer.apply(i, states);
    }
    return norm(at.at("norm"), hidden);
  }

  private Rotation rotation(Scope at, Value positionIds) {
    RotaryAngles rotary = new RotaryAngles(spec.inverseFrequencies(), spec.sections());
    Value angles = at.apply(rotary, positionIds);
    return new Rotation(
        at.cast(at.unary(Unary.Function.COS, angles), DType.FLOAT),
        at.cast(at.unary(Unary.Function.SIN, angles), DType.FLOAT));
  }

  private Attention attention(GraphBuilder builder, int layer) {
    String name = "layers." + layer;
    KvCache cache =
        new KvCache(
            builder.state(name + ".key", spec.kvHeads(), spec.headDim(), State.SELF),
            builder.state(name + ".value", spec.kvHeads(), spec.headDim(), State.SELF));
    double scale = 1 / Math.sqrt(spec.headDim());
    int window = spec.windows().get(layer);
    return new Attention(scale, 0, true, window, Attention.Grouping.NONE, false, cache);
  }

  private Value layer(Scope at, Value x, Rotation rotation, Attention attention) {
    Value normed = norm(at.at("input_layernorm"), x);
    Value h = at.add(x, attend(at.at("self_attn"), normed, rotation, attention));
    return at.add(h, mlp(at.at("mlp"), norm(at.at("post_attention_layernorm"), h)));
  }

  private Value attend(Scope at, Value x, Rotation rotation, Attention attention) {
    Value q = headNorm(at.at("q_norm"), project(at, "q_proj", x, spec.heads()));
    Value k = headNorm(at.at("k_norm"), project(at, "k_proj", x, spec.kvHeads()));
    Value v = project(at, "v_proj", x, spec.kvHeads());
    Value mixed = at.apply(attention, rotate(at, q, rotation), rotate(at, k, rotation), v);
    Dim merged = Dim.fixed((long) spec.heads() * spec.headDim());
    Value joined = at.reshape(mixed, x.dim(0), x.dim(1), merged);
    return at.linear("o_proj", joined, spec.hiddenSize(), spec.outBias());
  }

  private Value project(Scope at, String name, Value x, int heads) {
    Value all = at.linear(name, x, (long) heads * spec.headDim(), spec.qkvBias());
    return at.reshape(all, x.dim(0), x.dim(1), Dim.fixed(heads), Dim.fixed(spec.headDim()));
  }

  private Value headNorm(Scope at, Value x) {
    return spec.headNorms() ? norm(at, x) : x;
  }

  private static Value rotate(Scope at, Value x, Rotation rotation) {
    return at.apply(new RotaryEmbedding(), x, rotation.cos(), rotation.sin());
  }

  private Value mlp(Scope at, Value x) {
    Value gate = at.linear("gate_proj", x, spec.intermediateSize(), spec.mlpBias());
    Value up = at.linear("up_proj", x, spec.intermediateSize(), spec.mlpBias());
    Value gated = at.apply(new GatedActivation(spec.activation()), gate, up);
    return at.linear("down_proj", gated, spec.hiddenSize(), spec.mlpBias());
  }

  private Value norm(Scope at, Value x) {
    return RmsNorm.module(at, x, spec.rmsNormEps());
  }
}
