package dev.vlm4j.models.qwenvl;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;

/**
 * The first layer of a tower. The reference's convolution in three dimensions has steps as large as
 * its kernel, so that it is a linear layer over the pixels of a patch.
 *
 * @param spec settings of the tower
 * @param bias whether the layer has a bias
 */
record VisionStem(QwenVisionSpec spec, boolean bias) {
  /** Declares the pixel values and embeds them. */
  Value patches(GraphBuilder builder, Scope tower) {
    Dim values = Dim.fixed(spec.patchValues());
    Value pixels =
        builder.input(QwenVision.PIXEL_VALUES, DType.FLOAT, Dim.symbol("patches"), values);
    Scope at = tower.at("patch_embed.proj");
    long hidden = spec.hiddenSize();
    Value kernel =
        at.weight(
            "weight",
            hidden,
            spec.channels(),
            spec.temporalSize(),
            spec.patchSize(),
            spec.patchSize());
    Value matrix = at.reshape(kernel, Dim.fixed(hidden), values);
    return bias ? at.linear(pixels, matrix, at.weight("bias", hidden)) : at.linear(pixels, matrix);
  }
}
