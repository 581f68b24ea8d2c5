package dev.vlm4j.models.llavaonevision;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.ProcessorArchitecture;
import java.util.List;
import java.util.Set;

/** LLaVA-OneVision: {@code model_type} {@code llava_onevision}. */
public final class LlavaOnevisionArchitecture implements ProcessorArchitecture {
  @Override
  public String name() {
    return "llava-onevision";
  }

  @Override
  public List<String> modelTypes() {
    return List.of("llava_onevision");
  }

  @Override
  public List<String> testedCheckpoints() {
    return List.of("llava-hf/llava-onevision-qwen2-0.5b-ov-hf");
  }

  @Override
  public Set<ImageBackend> imageBackends() {
    return Set.of(ImageBackend.values());
  }

  @Override
  public ModelProcessor processor(CheckpointConfig config) {
    return LlavaOnevisionProcessor.of(config);
  }
}
