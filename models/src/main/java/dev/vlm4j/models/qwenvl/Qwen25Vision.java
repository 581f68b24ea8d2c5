package dev.vlm4j.models.qwenvl;

import static dev.vlm4j.models.towers.ConfigValues.orElse;
import static dev.vlm4j.models.towers.ConfigValues.positive;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.models.image.patches.PatchGrid;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tower of Qwen2.5-VL: norms by the root mean square, gated MLPs, windows in all blocks but a
 * few. Source: {@code Qwen2_5_VisionTransformerPretrainedModel} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/qwen2_5_vl/modeling_qwen2_5_vl.py">modeling_qwen2_5_vl.py</a>.
 *
 * @param spec common settings
 * @param windowSide side of a window, in squares of merged patches
 * @param fullBlocks numbers of the blocks without windows
 */
record Qwen25Vision(QwenVisionSpec spec, int windowSide, List<Integer> fullBlocks)
    implements QwenVision {
  private static final String PLACES = "square_places";
  private static final int DEFAULT_WINDOW = 112;
  private static final List<Integer> DEFAULT_FULL = List.of(7, 15, 23, 31);
  private static final QwenVisionSpec.Defaults DEFAULTS =
      new QwenVisionSpec.Defaults(32, 3584, 3420, 3584, "silu", 14);

  static Qwen25Vision of(QwenVisionConfig file) {
    QwenVisionSpec spec = QwenVisionSpec.of(file, DEFAULTS);
    int pixels = positive("vision_config.window_size", file.windowSize(), DEFAULT_WINDOW);
    int side = pixels / spec.mergeSize() / spec.patchSize();
    if (side < 1) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "config.json: vision_config.window_size "
              + pixels
              + " is less than a square of merged patches; correct the file");
    }
    return new Qwen25Vision(spec, side, orElse(file.fullattBlockIndexes(), DEFAULT_FULL));
  }

  @Override
  public Graph graph() {
    GraphBuilder builder = new GraphBuilder(ModelAdapter.VISION);
    Scope tower = builder.root().at("model.visual");
    Value hidden = new VisionStem(spec, false).patches(builder, tower);
    Dim patches = hidden.dim(0);
    VisionRotation rotation = VisionRotation.of(builder, tower.at("rotary_pos_emb"), spec, patches);
    VisionAttention attention = new VisionAttention(spec, rotation);
    VisionModule full = attention.full();
    VisionModule windowed =
        attention.windowed(VisionWindows.declare(builder, patches, windowLength()));
    VisionBlock block = new VisionBlock(VisionModule.rmsNorm(), VisionModule.gatedMlp(spec));
    for (int i = 0; i < spec.depth(); i++) {
      VisionModule own = fullBlocks.contains(i) ? full : windowed;
      hidden = block.apply(tower.at("blocks").at(i), hidden, own);
    }
    Scope merger = tower.at("merger");
    Value normed = VisionModule.rmsNorm().apply(merger.at("ln_q"), hidden);
    Value features = VisionModule.features(spec, "mlp.0", "mlp.2").apply(merger, normed);
    Value places = builder.input(PLACES, DType.INT, features.dim(0));
    builder.output(FEATURES, tower.gather(features, 0, places));
    return builder.build();
  }

  private int windowLength() {
    return windowSide * windowSide * spec.mergedPatches();
  }

  @Override
  public Map<String, Tensor> inputs(PatchGrid grid, float[] patches) {
    WindowOrder order = WindowOrder.of(grid, windowSide);
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put(PIXEL_VALUES, Tensor.of(order.ordered(patches), grid.patches(), spec.patchValues()));
    inputs.putAll(VisionRotation.input(order.ordered(grid.rows()), order.ordered(grid.columns())));
    inputs.putAll(VisionWindows.inputs(order, windowLength()));
    inputs.put(PLACES, Tensor.of(order.places(), grid.tokens()));
    return inputs;
  }
}
