package dev.vlm4j.models.llavaonevision15;

import static dev.vlm4j.models.towers.ConfigValues.orElse;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.models.image.patches.PatchProcessor;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.ProcessorArchitecture;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * LLaVA-OneVision-1.5: {@code model_type} {@code llavaonevision1_5}. Its checkpoints name the
 * processor of Qwen2.5-VL; what differs is in their files.
 */
public final class LlavaOnevision15Architecture implements ProcessorArchitecture {
  private static final int DEFAULT_IMAGE_TOKEN = 151655;

  /** What is needed of {@code config.json}. */
  private record Model(@Nullable Integer imageTokenId) {}

  @Override
  public String name() {
    return "llava-onevision-1.5";
  }

  @Override
  public List<String> modelTypes() {
    return List.of("llavaonevision1_5");
  }

  @Override
  public List<String> testedCheckpoints() {
    return List.of(
        "lmms-lab/LLaVA-OneVision-1.5-4B-Instruct", "lmms-lab/LLaVA-OneVision-1.5-8B-Instruct");
  }

  @Override
  public Set<ImageBackend> imageBackends() {
    return Set.of(ImageBackend.values());
  }

  @Override
  public ModelProcessor processor(CheckpointConfig config) {
    return new PatchProcessor(
        config, orElse(config.model(Model.class).imageTokenId(), DEFAULT_IMAGE_TOKEN));
  }
}
