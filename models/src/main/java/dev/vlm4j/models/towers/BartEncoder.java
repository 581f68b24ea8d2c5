package dev.vlm4j.models.towers;

import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Attention;

/**
 * The encoder of BART. Source: {@code BartEncoder} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/bart/modeling_bart.py">modeling_bart.py</a>.
 *
 * @param spec its settings
 */
public record BartEncoder(BartSpec spec) {
  /**
   * Returns the hidden states after the last layer.
   *
   * @param at scope of the encoder
   * @param embedded tokens, or whatever takes their places, {@code [rows, positions, hiddenSize]};
   *     already scaled
   */
  public Value hiddenStates(Scope at, Value embedded) {
    BartLayer layer = new BartLayer(spec, spec.encoder());
    Value hidden = layer.embed(at, embedded, at.iota(embedded, 1));
    for (int i = 0; i < spec.encoder().layers(); i++) {
      Scope scope = at.at("layers").at(i);
      hidden = layer.attend(scope, "self_attn", Attention.full(layer.scale()), hidden, hidden);
      hidden = layer.feed(scope, hidden);
    }
    return hidden;
  }
}
