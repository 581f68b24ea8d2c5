package dev.vlm4j.models.florence2;

import static dev.vlm4j.models.towers.ConfigValues.orElse;
import static dev.vlm4j.models.towers.ConfigValues.positive;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.towers.ConfigValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code vision_config} of a Florence-2 in either layout, null where the file is silent. The
 * components are named as in the reference's {@code Florence2VisionConfig}, and as in the files of
 * the authors.
 */
record Florence2VisionConfig(
    @Nullable String modelType,
    @Nullable Integer inChannels,
    @Nullable List<Integer> depths,
    @Nullable List<Integer> patchSize,
    @Nullable List<Integer> patchStride,
    @Nullable List<Integer> patchPadding,
    @Nullable List<Boolean> patchPrenorm,
    @Nullable List<Integer> embedDim,
    @Nullable List<Integer> dimEmbed,
    @Nullable List<Integer> numHeads,
    @Nullable List<Integer> numGroups,
    @Nullable Integer windowSize,
    @Nullable Double mlpRatio,
    @Nullable Boolean qkvBias,
    @Nullable String activationFunction,
    @Nullable Integer projectionDim,
    @Nullable Integer maxTemporalEmbeddings,
    @Nullable Integer maxPositionEmbeddings,
    @Nullable Positions visualTemporalEmbedding,
    @Nullable Positions imagePosEmbed,
    @Nullable List<String> imageFeatureSource) {
  private static final String NATIVE = "florence_vision";
  private static final String LEGACY = "davit";
  private static final List<Integer> BASE_WIDTHS = List.of(128, 256, 512, 1024);
  private static final List<Integer> BASE_HEADS = List.of(4, 8, 16, 32);
  private static final List<Integer> LARGE_WIDTHS = List.of(256, 512, 1024, 2048);
  private static final List<Integer> LARGE_HEADS = List.of(8, 16, 32, 64);

  /** How the authors' files describe positions. */
  record Positions(
      @Nullable String type,
      @Nullable Integer maxTemporalEmbeddings,
      @Nullable Integer maxPosEmbeddings) {}

  static Florence2VisionConfig silent() {
    return new Florence2VisionConfig(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null);
  }

  /** Returns the layout of the whole checkpoint: the files differ in this section most. */
  Florence2Layout layout() {
    String type = orElse(modelType, dimEmbed == null ? NATIVE : LEGACY);
    return switch (type) {
      case NATIVE -> Florence2Layout.NATIVE;
      case LEGACY -> Florence2Layout.LEGACY;
      default ->
          throw ConfigValues.unsupported("vision_config.model_type", type, NATIVE + ", " + LEGACY);
    };
  }

  /** Returns the tower with defaults filled in; those of the two layouts differ. */
  DavitSpec resolve() {
    boolean base = layout() == Florence2Layout.NATIVE;
    List<Integer> heads = base ? BASE_HEADS : LARGE_HEADS;
    List<Integer> widths = orElse(embedDim, orElse(dimEmbed, base ? BASE_WIDTHS : LARGE_WIDTHS));
    int count = widths.size();
    List<DavitSpec.Stage> stages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      stages.add(
          stage(
              widths.get(i),
              at("patch_size", patchSize, List.of(7, 3, 3, 3), i, count),
              at("patch_stride", patchStride, List.of(4, 2, 2, 2), i, count),
              at("patch_padding", patchPadding, List.of(3, 1, 1, 1), i, count),
              at("patch_prenorm", patchPrenorm, List.of(false, true, true, true), i, count),
              at("num_heads", numHeads, heads, i, count),
              at("num_groups", numGroups, heads, i, count),
              at("depths", depths, List.of(1, 1, 9, 1), i, count)));
    }
    return new DavitSpec(
        positive("vision_config.in_channels", inChannels, 3),
        stages,
        positive("vision_config.window_size", windowSize, 12),
        orElse(qkvBias, true),
        ConfigValues.activation(
            "vision_config.activation_function", orElse(activationFunction, "gelu")));
  }

  private DavitSpec.Stage stage(
      int width,
      int kernel,
      int stride,
      int padding,
      boolean normFirst,
      int heads,
      int groups,
      int depth) {
    if (kernel < 1 || stride < 1 || padding < 0 || heads < 1 || groups < 1 || depth < 0) {
      throw invalid("a stage needs positive sizes");
    }
    if (width < 1 || width % heads != 0 || width % groups != 0) {
      throw invalid("a stage of " + width + " has " + heads + " heads and " + groups + " groups");
    }
    int intermediate = (int) (width * orElse(mlpRatio, 4.0));
    return new DavitSpec.Stage(
        kernel, stride, padding, normFirst, width, heads, groups, depth, intermediate);
  }

  private static <T> T at(String field, @Nullable List<T> given, List<T> fallback, int i, int n) {
    List<T> values = orElse(given, fallback);
    if (values.size() != n) {
      throw invalid(field + " has " + values.size() + " entries for " + n + " stages");
    }
    return values.get(i);
  }

  private static VlmException invalid(String reason) {
    return new VlmException(
        ErrorCode.CONFIG_INVALID, "config.json: vision_config: " + reason + "; correct the file");
  }

  int projection() {
    return positive("vision_config.projection_dim", projectionDim, 1024);
  }

  /** Returns how many rows and columns have a position. */
  int positions() {
    Integer legacy = imagePosEmbed == null ? null : imagePosEmbed.maxPosEmbeddings();
    return positive(
        "vision_config.max_position_embeddings",
        orElse(maxPositionEmbeddings, orElse(legacy, 50)),
        50);
  }

  /** Returns how many pictures of a sequence have a position. */
  int temporalPositions() {
    Integer legacy =
        visualTemporalEmbedding == null ? null : visualTemporalEmbedding.maxTemporalEmbeddings();
    return positive(
        "vision_config.max_temporal_embeddings",
        orElse(maxTemporalEmbeddings, orElse(legacy, 100)),
        100);
  }

  /** Returns what becomes of the feature map, in order. */
  List<Florence2Features> features() {
    if (layout() == Florence2Layout.NATIVE) {
      return List.of(Florence2Features.SPATIAL_AVG_POOL, Florence2Features.TEMPORAL_AVG_POOL);
    }
    require("image_pos_embed", imagePosEmbed, "learned_abs_2d");
    require("visual_temporal_embedding", visualTemporalEmbedding, "COSINE");
    if (imageFeatureSource == null || imageFeatureSource.isEmpty()) {
      throw invalid("image_feature_source is missing");
    }
    return imageFeatureSource.stream().map(Florence2Features::of).toList();
  }

  private static void require(String field, @Nullable Positions given, String type) {
    String found = given == null ? null : given.type();
    if (!type.equals(found)) {
      throw ConfigValues.unsupported(
          "vision_config." + field + ".type", String.valueOf(found), type);
    }
  }
}
