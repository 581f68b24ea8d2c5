package dev.vlm4j.models.qwenvl;

import static dev.vlm4j.models.towers.ConfigValues.orElse;
import static dev.vlm4j.models.towers.ConfigValues.positive;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.models.image.patches.PatchGrid;
import dev.vlm4j.models.towers.ConfigValues;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tower of Qwen3-VL: layer norms, plain MLPs, learned positions beside the rotary ones, and
 * further features from inner blocks for the first layers of the decoder. Source: {@code
 * Qwen3VLVisionModel} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/qwen3_vl/modeling_qwen3_vl.py">modeling_qwen3_vl.py</a>.
 *
 * @param spec common settings
 * @param positions learned positions
 * @param tappedBlocks numbers of the blocks after which features are taken, in the order in which
 *     the checkpoint lists their mergers
 */
record Qwen3Vision(QwenVisionSpec spec, PositionTable positions, List<Integer> tappedBlocks)
    implements QwenVision {
  private static final String LAYER_FEATURES = "layer_features_";
  private static final String FIRST = "linear_fc1";
  private static final String SECOND = "linear_fc2";
  private static final int DEFAULT_POSITIONS = 2304;
  private static final List<Integer> DEFAULT_TAPS = List.of(8, 16, 24);
  private static final QwenVisionSpec.Defaults DEFAULTS =
      new QwenVisionSpec.Defaults(27, 1152, 4304, 3584, "gelu_pytorch_tanh", 16);

  static Qwen3Vision of(QwenVisionConfig file) {
    QwenVisionSpec spec = QwenVisionSpec.of(file, DEFAULTS);
    int entries =
        positive(
            "vision_config.num_position_embeddings",
            file.numPositionEmbeddings(),
            DEFAULT_POSITIONS);
    List<Integer> taps = orElse(file.deepstackVisualIndexes(), DEFAULT_TAPS);
    if (taps.stream().anyMatch(tap -> tap < 0 || tap >= spec.depth())
        || taps.stream().distinct().count() < taps.size()) {
      throw ConfigValues.unsupported(
          "vision_config.deepstack_visual_indexes",
          taps,
          "different blocks from 0 to " + (spec.depth() - 1));
    }
    return new Qwen3Vision(spec, new PositionTable(entries), taps);
  }

  @Override
  public Graph graph() {
    GraphBuilder builder = new GraphBuilder(ModelAdapter.VISION);
    Scope tower = builder.root().at("model.visual");
    Value patches = new VisionStem(spec, true).patches(builder, tower);
    Value hidden = positions.add(builder, tower, patches);
    VisionRotation rotation =
        VisionRotation.of(builder, tower.at("rotary_pos_emb"), spec, hidden.dim(0));
    VisionModule attention = new VisionAttention(spec, rotation).full();
    VisionBlock block =
        new VisionBlock(VisionModule.layerNorm(), VisionModule.mlp(spec, FIRST, SECOND));
    int taken = 0;
    for (int i = 0; i < spec.depth(); i++) {
      hidden = block.apply(tower.at("blocks").at(i), hidden, attention);
      if (tappedBlocks.contains(i)) {
        Scope merger = tower.at("deepstack_merger_list").at(tappedBlocks.indexOf(i));
        builder.output(LAYER_FEATURES + taken++, mergedThenNormed(merger, hidden));
      }
    }
    Scope merger = tower.at("merger");
    Value normed = VisionModule.layerNorm().apply(merger.at("norm"), hidden);
    builder.output(FEATURES, VisionModule.features(spec, FIRST, SECOND).apply(merger, normed));
    return builder.build();
  }

  private Value mergedThenNormed(Scope merger, Value hidden) {
    Value squares = VisionModule.squares(spec, merger, hidden);
    Value normed = VisionModule.layerNorm().apply(merger.at("norm"), squares);
    return VisionModule.features(spec, FIRST, SECOND).apply(merger, normed);
  }

  @Override
  public Map<String, Tensor> inputs(PatchGrid grid, float[] patches) {
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put(PIXEL_VALUES, Tensor.of(patches, grid.patches(), spec.patchValues()));
    inputs.putAll(VisionRotation.input(grid.rows(), grid.columns()));
    inputs.putAll(positions.inputs(grid));
    return inputs;
  }

  @Override
  public List<String> results() {
    List<String> names = new ArrayList<>(List.of(FEATURES));
    for (int i = 0; i < tappedBlocks.size(); i++) {
      names.add(LAYER_FEATURES + i);
    }
    return names;
  }
}
