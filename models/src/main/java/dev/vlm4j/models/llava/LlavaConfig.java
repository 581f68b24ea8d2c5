package dev.vlm4j.models.llava;

import static dev.vlm4j.models.towers.ConfigValues.orElse;

import dev.vlm4j.models.towers.ConfigValues;
import dev.vlm4j.models.towers.TextConfig;
import dev.vlm4j.models.towers.VisionConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code config.json} of a LLaVA checkpoint, null where it is silent. The components are named as
 * in the reference's {@code LlavaConfig}.
 */
record LlavaConfig(
    @Nullable VisionConfig visionConfig,
    @Nullable TextConfig textConfig,
    @Nullable Integer imageTokenIndex,
    @Nullable Integer imageTokenId,
    @Nullable String projectorHiddenAct,
    @Nullable String visionFeatureSelectStrategy,
    @Nullable List<Integer> visionFeatureLayer,
    @Nullable Boolean multimodalProjectorBias,
    @Nullable Boolean tieWordEmbeddings) {
  private static final int DEFAULT_IMAGE_TOKEN = 32000;
  private static final int DEFAULT_FEATURE_LAYER = -2;

  VisionConfig vision() {
    return orElse(visionConfig, VisionConfig.clipLarge336());
  }

  TextConfig text() {
    return orElse(textConfig, TextConfig.silent());
  }

  int imageToken() {
    return orElse(imageTokenIndex, orElse(imageTokenId, DEFAULT_IMAGE_TOKEN));
  }

  boolean tied() {
    return orElse(tieWordEmbeddings, false) || orElse(text().tieWordEmbeddings(), false);
  }

  String projectorAct() {
    return orElse(projectorHiddenAct, "gelu");
  }

  boolean projectorBias() {
    return orElse(multimodalProjectorBias, true);
  }

  /** Returns whether the first position of the tower's output is left out. */
  boolean dropsFirst() {
    return dropsFirst("vision_feature_select_strategy", visionFeatureSelectStrategy);
  }

  static boolean dropsFirst(String field, @Nullable String strategy) {
    return switch (orElse(strategy, "default")) {
      case "default" -> true;
      case "full" -> false;
      default -> throw ConfigValues.unsupported(field, String.valueOf(strategy), "default, full");
    };
  }

  /** Returns which hidden states are taken, counted from 0 (before the first layer). */
  List<Integer> featureLayers(int layers) {
    return orElse(visionFeatureLayer, List.of(DEFAULT_FEATURE_LAYER)).stream()
        .map(layer -> layer < 0 ? layer + layers + 1 : layer)
        .peek(layer -> checkLayer(layer, layers))
        .toList();
  }

  private void checkLayer(int layer, int layers) {
    if (layer < 0 || layer > layers) {
      throw ConfigValues.unsupported(
          "vision_feature_layer", layer, "hidden states of " + layers + " layers");
    }
  }
}
