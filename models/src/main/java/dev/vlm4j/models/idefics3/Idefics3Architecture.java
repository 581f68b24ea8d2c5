package dev.vlm4j.models.idefics3;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.ProcessorArchitecture;
import java.util.List;
import java.util.Set;

/** Idefics3 and SmolVLM: {@code model_type} {@code idefics3} and {@code smolvlm}. */
public final class Idefics3Architecture implements ProcessorArchitecture {
  @Override
  public String name() {
    return "idefics3";
  }

  @Override
  public List<String> modelTypes() {
    return List.of("idefics3", "smolvlm");
  }

  @Override
  public List<String> testedCheckpoints() {
    return List.of(
        "HuggingFaceTB/SmolVLM-256M-Instruct", "HuggingFaceTB/SmolVLM2-500M-Video-Instruct");
  }

  @Override
  public Set<ImageBackend> imageBackends() {
    return Set.of(ImageBackend.values());
  }

  @Override
  public List<String> addedTokens() {
    return List.of(Idefics3Prompt.FAKE, Idefics3Prompt.IMAGE, "<end_of_utterance>");
  }

  @Override
  public ModelProcessor processor(CheckpointConfig config) {
    return Idefics3Processor.of(config);
  }
}
