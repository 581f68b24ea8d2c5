package dev.vlm4j.models.qwenvl;

import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;

/**
 * A block of a vision transformer: attention and MLP, each behind a norm and around a residual.
 *
 * @param norm both norms
 * @param mlp the MLP
 */
record VisionBlock(VisionModule norm, VisionModule mlp) {
  /** Applies the block. */
  Value apply(Scope at, Value x, VisionModule attention) {
    Value h = at.add(x, attention.apply(at.at("attn"), norm.apply(at.at("norm1"), x)));
    return at.add(h, mlp.apply(at.at("mlp"), norm.apply(at.at("norm2"), h)));
  }
}
