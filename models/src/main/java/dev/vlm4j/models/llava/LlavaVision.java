package dev.vlm4j.models.llava;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Activation;
import dev.vlm4j.graph.op.Slice;
import dev.vlm4j.models.towers.ConfigValues;
import dev.vlm4j.models.towers.VisionSpec;
import dev.vlm4j.models.towers.VisionTower;
import dev.vlm4j.spi.ModelAdapter;
import java.util.Collections;
import java.util.List;

/**
 * From pixels to features in the decoder's space: chosen hidden states of the tower, then a
 * projector of two layers. Source: {@code LlavaModel.get_image_features} and {@code
 * LlavaMultiModalProjector} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/llava/modeling_llava.py">modeling_llava.py</a>.
 */
record LlavaVision(LlavaConfig config, VisionSpec tower, int textHidden) {
  static final String PIXEL_VALUES = "pixel_values";
  static final String FEATURES = "image_features";

  /** Returns how many layers of the tower are needed. */
  int layersUsed() {
    return Collections.max(config.featureLayers(tower.layers()));
  }

  /** Returns the number of positions of one picture after selection. */
  int tokens() {
    return tower.positions() - (config.dropsFirst() ? 1 : 0);
  }

  Graph graph() {
    GraphBuilder builder = new GraphBuilder(ModelAdapter.VISION);
    Dim side = Dim.fixed(tower.imageSize());
    Value pixels =
        builder.input(
            PIXEL_VALUES,
            DType.FLOAT,
            Dim.symbol("images"),
            Dim.fixed(tower.channels()),
            side,
            side);
    Scope model = builder.root().at("model");
    List<Value> states =
        new VisionTower(tower).hiddenStates(model.at("vision_tower"), pixels, layersUsed());
    Value features = project(model.at("multi_modal_projector"), select(model, states));
    Dim count = pixels.dim(0).times(tokens());
    builder.output(FEATURES, model.reshape(features, count, Dim.fixed(textHidden)));
    return builder.build();
  }

  private Value select(Scope at, List<Value> states) {
    Value[] chosen =
        config.featureLayers(tower.layers()).stream()
            .map(states::get)
            .map(state -> config.dropsFirst() ? at.slice(state, 1, 1, Slice.TO_END) : state)
            .toArray(Value[]::new);
    return chosen.length == 1 ? chosen[0] : at.concat(2, chosen);
  }

  private Value project(Scope at, Value features) {
    Activation.Kind kind = ConfigValues.activation("projector_hidden_act", config.projectorAct());
    Value hidden = at.linear("linear_1", features, textHidden, config.projectorBias());
    Value activated = at.apply(new Activation(kind), hidden);
    return at.linear("linear_2", activated, textHidden, config.projectorBias());
  }
}
