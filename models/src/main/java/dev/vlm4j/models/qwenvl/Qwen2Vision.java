package dev.vlm4j.models.qwenvl;

import static dev.vlm4j.models.towers.ConfigValues.orElse;
import static dev.vlm4j.models.towers.ConfigValues.positive;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.models.image.patches.PatchGrid;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * The tower of Qwen2-VL: layer norms, plain MLPs, every patch sees every patch. Source: {@code
 * Qwen2VisionTransformerPretrainedModel} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/qwen2_vl/modeling_qwen2_vl.py">modeling_qwen2_vl.py</a>.
 */
record Qwen2Vision(QwenVisionSpec spec) implements QwenVision {
  private static final int DEFAULT_WIDTH = 1280;
  private static final double DEFAULT_RATIO = 4;

  /** Reads the settings; here {@code hidden_size} is the size of the features. */
  static Qwen2Vision of(QwenVisionConfig file) {
    int width = positive("vision_config.embed_dim", file.embedDim(), DEFAULT_WIDTH);
    int intermediate = (int) (width * orElse(file.mlpRatio(), DEFAULT_RATIO));
    QwenVisionConfig renamed =
        new QwenVisionConfig(
            file.depth(),
            null,
            width,
            file.hiddenAct(),
            null,
            intermediate,
            file.numHeads(),
            file.inChannels(),
            file.patchSize(),
            file.spatialMergeSize(),
            file.temporalPatchSize(),
            null,
            file.hiddenSize(),
            null,
            null,
            null,
            file.ropeParameters());
    return new Qwen2Vision(
        QwenVisionSpec.of(
            renamed, new QwenVisionSpec.Defaults(32, width, intermediate, 3584, "quick_gelu", 14)));
  }

  @Override
  public Graph graph() {
    GraphBuilder builder = new GraphBuilder(ModelAdapter.VISION);
    Scope tower = builder.root().at("model.visual");
    Value hidden = new VisionStem(spec, false).patches(builder, tower);
    VisionRotation rotation =
        VisionRotation.of(builder, tower.at("rotary_pos_emb"), spec, hidden.dim(0));
    VisionModule attention = new VisionAttention(spec, rotation).full();
    VisionBlock block =
        new VisionBlock(VisionModule.layerNorm(), VisionModule.mlp(spec, "fc1", "fc2"));
    for (int i = 0; i < spec.depth(); i++) {
      hidden = block.apply(tower.at("blocks").at(i), hidden, attention);
    }
    Scope merger = tower.at("merger");
    Value normed = VisionModule.layerNorm().apply(merger.at("ln_q"), hidden);
    builder.output(FEATURES, VisionModule.features(spec, "mlp.0", "mlp.2").apply(merger, normed));
    return builder.build();
  }

  @Override
  public Map<String, Tensor> inputs(PatchGrid grid, float[] patches) {
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put(PIXEL_VALUES, Tensor.of(patches, grid.patches(), spec.patchValues()));
    inputs.putAll(VisionRotation.input(grid.rows(), grid.columns()));
    return inputs;
  }
}
