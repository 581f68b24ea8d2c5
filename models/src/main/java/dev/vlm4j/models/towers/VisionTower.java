package dev.vlm4j.models.towers;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Activation;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.LayerNorm;
import dev.vlm4j.graph.op.Conv2d;
import java.util.ArrayList;
import java.util.List;

/**
 * The vision transformers of CLIP and SigLIP. Sources: {@code CLIPVisionModel} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/clip/modeling_clip.py">modeling_clip.py</a>
 * and {@code SiglipVisionModel} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/siglip/modeling_siglip.py">modeling_siglip.py</a>.
 *
 * @param spec its settings
 */
public record VisionTower(VisionSpec spec) {
  /**
   * Returns the hidden states before the first layer and after each of the first {@code layers}
   * layers.
   *
   * @param at scope of the tower
   * @param pixelValues {@code [pictures, channels, imageSize, imageSize]}
   * @param layers how many layers to run, 0 to all
   * @return {@code layers + 1} values {@code [pictures, positions, hiddenSize]}; the last norm of
   *     the tower is not applied
   */
  public List<Value> hiddenStates(Scope at, Value pixelValues, int layers) {
    Value hidden = embed(at.at("embeddings"), pixelValues);
    if (spec.clip()) {
      hidden = LayerNorm.module(at.at("pre_layrnorm"), hidden, spec.layerNormEps());
    }
    List<Value> states = new ArrayList<>(List.of(hidden));
    for (int i = 0; i < layers; i++) {
      hidden = layer(at.at("encoder.layers").at(i), hidden);
      states.add(hidden);
    }
    return states;
  }

  private Value embed(Scope at, Value pixelValues) {
    Value patches = patches(at.at("patch_embedding"), pixelValues);
    Value positions =
        at.at("position_embedding").weight("weight", spec.positions(), spec.hiddenSize());
    if (!spec.clip()) {
      return at.add(patches, positions);
    }
    Dim hidden = Dim.fixed(spec.hiddenSize());
    Value token = at.weight("class_embedding", spec.hiddenSize());
    Value tokens = at.expand(token, pixelValues.dim(0), Dim.fixed(1), hidden);
    return at.add(at.concat(1, tokens, patches), positions);
  }

  private Value patches(Scope at, Value pixelValues) {
    int hidden = spec.hiddenSize();
    Value kernel = at.weight("weight", hidden, spec.channels(), spec.patchSize(), spec.patchSize());
    Conv2d conv = new Conv2d(spec.patchSize(), 0, 1);
    Value grid =
        spec.clip()
            ? at.conv2d(conv, pixelValues, kernel)
            : at.conv2d(conv, pixelValues, kernel, at.weight("bias", hidden));
    long count = grid.dim(2).size() * grid.dim(3).size();
    Value flat = at.reshape(grid, grid.dim(0), grid.dim(1), Dim.fixed(count));
    return at.permute(flat, 0, 2, 1);
  }

  private Value layer(Scope at, Value x) {
    Value normed = LayerNorm.module(at.at("layer_norm1"), x, spec.layerNormEps());
    Value h = at.add(x, attend(at.at("self_attn"), normed));
    Value fed = mlp(at.at("mlp"), LayerNorm.module(at.at("layer_norm2"), h, spec.layerNormEps()));
    return at.add(h, fed);
  }

  private Value attend(Scope at, Value x) {
    double scale = 1 / Math.sqrt((double) spec.hiddenSize() / spec.heads());
    Value q = heads(at, at.linear("q_proj", x, spec.hiddenSize(), true));
    Value k = heads(at, at.linear("k_proj", x, spec.hiddenSize(), true));
    Value v = heads(at, at.linear("v_proj", x, spec.hiddenSize(), true));
    Value mixed = at.apply(Attention.full(scale), q, k, v);
    Value merged = at.reshape(mixed, x.dim(0), x.dim(1), x.dim(2));
    return at.linear("out_proj", merged, spec.hiddenSize(), true);
  }

  private Value heads(Scope at, Value x) {
    Dim headDim = Dim.fixed(spec.hiddenSize() / spec.heads());
    return at.reshape(x, x.dim(0), x.dim(1), Dim.fixed(spec.heads()), headDim);
  }

  private Value mlp(Scope at, Value x) {
    Value up = at.linear("fc1", x, spec.intermediateSize(), true);
    Value activated = at.apply(new Activation(spec.activation()), up);
    return at.linear("fc2", activated, spec.hiddenSize(), true);
  }
}
