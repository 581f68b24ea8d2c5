package dev.vlm4j.models.towers;

import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.KvCache;

/**
 * The decoder of BART: causal attention over a cache of the group {@link State#SELF}, attention to
 * the encoder over a cache of the group {@link State#CROSS}. A request appends the encoder's keys
 * and values in its first run; later runs are given no encoder states and read the cache. Source:
 * {@code BartDecoder} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/bart/modeling_bart.py">modeling_bart.py</a>.
 *
 * @param spec its settings
 */
public record BartDecoder(BartSpec spec) {
  /**
   * Returns the hidden states after the last layer.
   *
   * @param at scope of the decoder
   * @param builder takes the caches of all layers
   * @param embedded tokens, already scaled, {@code [rows, new, hiddenSize]}
   * @param positionIds integers {@code [rows, new]}
   * @param encoderStates the encoder's result {@code [rows, source, hiddenSize]}; {@code source} is
   *     0 in all runs but the first
   */
  public Value hiddenStates(
      Scope at, GraphBuilder builder, Value embedded, Value positionIds, Value encoderStates) {
    BartLayer layer = new BartLayer(spec, spec.decoder());
    Value hidden = layer.embed(at, embedded, positionIds);
    for (int i = 0; i < spec.decoder().layers(); i++) {
      Scope scope = at.at("layers").at(i);
      hidden = layer.attend(scope, "self_attn", self(layer, builder, i), hidden, hidden);
      hidden = layer.attend(scope, "encoder_attn", cross(layer, builder, i), hidden, encoderStates);
      hidden = layer.feed(scope, hidden);
    }
    return hidden;
  }

  private static Attention self(BartLayer layer, GraphBuilder builder, int index) {
    return Attention.cached(layer.scale(), cache(layer, builder, index, State.SELF));
  }

  private static Attention cross(BartLayer layer, GraphBuilder builder, int index) {
    KvCache cache = cache(layer, builder, index, State.CROSS);
    return new Attention(layer.scale(), 0, false, 0, Attention.Grouping.NONE, false, cache);
  }

  private static KvCache cache(BartLayer layer, GraphBuilder builder, int index, String group) {
    String name = "layers." + index + "." + group;
    int heads = layer.half().heads();
    return new KvCache(
        builder.state(name + ".key", heads, layer.headDim(), group),
        builder.state(name + ".value", heads, layer.headDim(), group));
  }
}
