package dev.vlm4j.models.florence2;

import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.LayerNorm;
import dev.vlm4j.graph.op.Conv2d;

/**
 * DaViT: four stages of convolutions and of blocks that attend over positions inside of windows,
 * then over channels. Sources: Ding et al. 2022, <a
 * href="https://arxiv.org/abs/2204.03645">arXiv:2204.03645</a>; {@code Florence2VisionBackbone} in
 * <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/florence2/modeling_florence2.py">modeling_florence2.py</a>.
 *
 * @param spec its settings
 */
record Davit(DavitSpec spec) {
  static final double EPSILON = 1e-5;

  /**
   * Returns the last feature map.
   *
   * @param at scope of the tower
   * @param pixels {@code [pictures, channels, height, width]}, height and width fixed
   * @return {@code [pictures, outputWidth, rows, columns]}
   */
  Value featureMap(Scope at, Value pixels) {
    Value x = pixels;
    for (int i = 0; i < spec.stages().size(); i++) {
      DavitSpec.Stage stage = spec.stages().get(i);
      x = shrink(at.at("convs").at(i), stage, x);
      DavitBlock block = new DavitBlock(spec, stage);
      for (int j = 0; j < stage.depth(); j++) {
        Scope scope = at.at("blocks").at(i).at(j);
        x = block.overPositions(scope.at("spatial_block"), x);
        x = block.overChannels(scope.at("channel_block"), x);
      }
    }
    return x;
  }

  private static Value shrink(Scope at, DavitSpec.Stage stage, Value x) {
    Value in = stage.normFirst() ? norm(at.at("norm"), x) : x;
    Scope module = at.at("conv");
    long channels = in.dim(1).size();
    Value kernel = module.weight("weight", stage.width(), channels, stage.kernel(), stage.kernel());
    Conv2d conv = new Conv2d(stage.stride(), stage.padding(), 1);
    Value out = module.conv2d(conv, in, kernel, module.weight("bias", stage.width()));
    return stage.normFirst() ? out : norm(at.at("norm"), out);
  }

  private static Value norm(Scope at, Value x) {
    Value normed = LayerNorm.module(at, at.permute(x, 0, 2, 3, 1), EPSILON);
    return at.permute(normed, 0, 3, 1, 2);
  }
}
