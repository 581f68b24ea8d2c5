package dev.vlm4j.models.llava;

import static dev.vlm4j.models.towers.ConfigValues.orElse;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.models.image.ImagePipeline;
import dev.vlm4j.models.towers.CausalLanguageModel;
import dev.vlm4j.models.towers.DecoderSpec;
import dev.vlm4j.models.towers.ImagePlaceholders;
import dev.vlm4j.models.towers.LlamaDecoder;
import dev.vlm4j.models.towers.VisionSpec;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelAdapter;
import java.util.List;
import java.util.Set;

/** LLaVA: {@code model_type} {@code llava}. */
public final class LlavaArchitecture implements Architecture {
  @Override
  public String name() {
    return "llava";
  }

  @Override
  public List<String> modelTypes() {
    return List.of("llava");
  }

  @Override
  public List<String> testedCheckpoints() {
    return List.of("llava-hf/llava-1.5-7b-hf", "llava-hf/llava-interleave-qwen-0.5b-hf");
  }

  @Override
  public Set<ImageBackend> imageBackends() {
    return Set.of(ImageBackend.values());
  }

  @Override
  public ModelAdapter adapt(CheckpointConfig files) {
    LlavaConfig config = files.model(LlavaConfig.class);
    VisionSpec tower = config.vision().resolve();
    DecoderSpec decoder = config.text().resolve();
    LlavaVision vision = new LlavaVision(config, tower, decoder.hiddenSize());
    CausalLanguageModel language =
        new CausalLanguageModel(
            new LlamaDecoder(decoder), "model.language_model", "lm_head", config.tied());
    return new LlavaAdapter(vision, processor(files, config, tower), language, config.imageToken());
  }

  /** Older checkpoints have no processor file: then the model's own settings apply. */
  private static LlavaProcessor processor(
      CheckpointConfig files, LlavaConfig config, VisionSpec tower) {
    LlavaProcessorConfig processor = files.processor(LlavaProcessorConfig.class);
    boolean dropsFirst =
        processor.visionFeatureSelectStrategy() == null
            ? config.dropsFirst()
            : LlavaConfig.dropsFirst(
                "vision_feature_select_strategy", processor.visionFeatureSelectStrategy());
    int additional = orElse(processor.numAdditionalImageTokens(), tower.clip() ? 1 : 0);
    return new LlavaProcessor(
        ImagePipeline.of(files, "CLIPImageProcessor"),
        new ImagePlaceholders(processor.placeholder()),
        orElse(processor.patchSize(), tower.patchSize()),
        additional - (dropsFirst ? 1 : 0));
  }
}
