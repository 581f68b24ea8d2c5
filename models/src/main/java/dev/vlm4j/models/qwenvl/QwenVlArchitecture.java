package dev.vlm4j.models.qwenvl;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.image.patches.PatchProcessor;
import dev.vlm4j.models.towers.CausalLanguageModel;
import dev.vlm4j.models.towers.DecoderSpec;
import dev.vlm4j.models.towers.LlamaDecoder;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.spi.BoxFrame;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelAdapter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Qwen2-VL, Qwen2.5-VL and Qwen3-VL. */
public final class QwenVlArchitecture implements Architecture {
  /** What the generations differ in. */
  private record Generation(
      Function<QwenVisionConfig, QwenVision> vision, QwenTextDefaults text, BoxFrame boxes) {}

  private static final String QWEN2 = "qwen2_vl";
  private static final String QWEN25 = "qwen2_5_vl";
  private static final String QWEN3 = "qwen3_vl";

  private static final Map<String, Generation> GENERATIONS =
      Map.of(
          QWEN2, new Generation(Qwen2Vision::of, QwenTextDefaults.QWEN2, BoxFrame.THOUSANDTHS),
          QWEN25, new Generation(Qwen25Vision::of, QwenTextDefaults.QWEN2, BoxFrame.SEEN_PIXELS),
          QWEN3, new Generation(Qwen3Vision::of, QwenTextDefaults.QWEN3, BoxFrame.THOUSANDTHS));

  private static final String EXPERTS = "its decoder mixes experts, which is not supported yet";
  private static final String SOUND = "it hears and speaks, which is not supported yet";

  @Override
  public String name() {
    return "qwen-vl";
  }

  @Override
  public List<String> modelTypes() {
    return List.of(QWEN2, QWEN25, QWEN3);
  }

  @Override
  public Map<String, String> unsupportedModelTypes() {
    return Map.of(
        "qwen3_vl_moe", EXPERTS,
        "qwen3_5", "its decoder has linear attention, which is not supported yet",
        "qwen3_5_moe", EXPERTS,
        "qwen2_5_omni", SOUND,
        "qwen3_omni_moe", SOUND,
        "colqwen2", "it gives embeddings for retrieval, no answers");
  }

  @Override
  public List<String> testedCheckpoints() {
    return List.of(
        "Qwen/Qwen2-VL-2B-Instruct",
        "Qwen/Qwen2.5-VL-3B-Instruct",
        "Qwen/Qwen2.5-VL-7B-Instruct",
        "Qwen/Qwen3-VL-4B-Instruct");
  }

  @Override
  public Set<ImageBackend> imageBackends() {
    return Set.of(ImageBackend.values());
  }

  @Override
  public ModelAdapter adapt(CheckpointConfig files) {
    Generation generation = java.util.Objects.requireNonNull(GENERATIONS.get(files.modelType()));
    QwenVlConfig config = files.model(QwenVlConfig.class);
    checkQuantization(config);
    QwenTextConfig text =
        config.textConfig() == null ? files.model(QwenTextConfig.class) : config.textConfig();
    DecoderSpec decoder = text.resolve(generation.text());
    QwenVision vision = generation.vision().apply(config.vision());
    PatchProcessor processor = new PatchProcessor(files, config.imageToken());
    check(vision, decoder, processor);
    CausalLanguageModel language =
        new CausalLanguageModel(
            new LlamaDecoder(decoder),
            "model.language_model",
            "lm_head",
            config.tied(text),
            vision.results().size() - 1);
    return new QwenVlAdapter(processor, vision, language, config.imageToken(), generation.boxes());
  }

  private static void checkQuantization(QwenVlConfig config) {
    if (config.quantizationConfig() != null) {
      throw new VlmException(
          ErrorCode.ARCHITECTURE_UNSUPPORTED,
          "config.json: the weights are quantised ("
              + config.quantizationConfig().quantMethod()
              + "), which is not supported: use the checkpoint that is not quantised, with"
              + " --precision");
    }
  }

  private static void check(QwenVision vision, DecoderSpec decoder, PatchProcessor processor) {
    QwenVisionSpec tower = vision.spec();
    if (tower.outSize() != decoder.hiddenSize()) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "config.json: features of pictures have "
              + tower.outSize()
              + " elements, positions of the decoder "
              + decoder.hiddenSize()
              + "; correct the file");
    }
    if (tower.patchSize() != processor.patchSize()
        || tower.patchValues() != processor.patchValues()
        || tower.mergeSize() != processor.mergeSize()) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "patch_size, temporal_patch_size and merge_size of preprocessor_config.json are not those"
              + " of the vision_config in config.json: the files do not belong together");
    }
  }
}
