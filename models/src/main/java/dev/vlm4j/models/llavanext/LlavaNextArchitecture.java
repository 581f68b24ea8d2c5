package dev.vlm4j.models.llavanext;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.ProcessorArchitecture;
import java.util.List;
import java.util.Set;

/** LLaVA-NeXT, also called LLaVA 1.6: {@code model_type} {@code llava_next}. */
public final class LlavaNextArchitecture implements ProcessorArchitecture {
  @Override
  public String name() {
    return "llava-next";
  }

  @Override
  public List<String> modelTypes() {
    return List.of("llava_next");
  }

  @Override
  public List<String> testedCheckpoints() {
    return List.of("llava-hf/llava-v1.6-vicuna-7b-hf");
  }

  @Override
  public Set<ImageBackend> imageBackends() {
    return Set.of(ImageBackend.values());
  }

  @Override
  public ModelProcessor processor(CheckpointConfig config) {
    return LlavaNextProcessor.of(config);
  }
}
