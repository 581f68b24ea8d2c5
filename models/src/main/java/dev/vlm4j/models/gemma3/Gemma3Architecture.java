package dev.vlm4j.models.gemma3;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.ProcessorArchitecture;
import java.util.List;
import java.util.Set;

/** Gemma 3 with pictures: {@code model_type} {@code gemma3}. */
public final class Gemma3Architecture implements ProcessorArchitecture {
  @Override
  public String name() {
    return "gemma3";
  }

  @Override
  public List<String> modelTypes() {
    return List.of("gemma3");
  }

  @Override
  public List<String> testedCheckpoints() {
    return List.of("google/gemma-3-4b-it", "google/medgemma-27b-it");
  }

  @Override
  public Set<ImageBackend> imageBackends() {
    return Set.of(ImageBackend.values());
  }

  @Override
  public ModelProcessor processor(CheckpointConfig config) {
    return Gemma3Processor.of(config);
  }
}
