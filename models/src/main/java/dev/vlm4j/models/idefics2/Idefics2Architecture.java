package dev.vlm4j.models.idefics2;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.ProcessorArchitecture;
import java.util.List;
import java.util.Set;

/** Idefics2: {@code model_type} {@code idefics2}. */
public final class Idefics2Architecture implements ProcessorArchitecture {
  @Override
  public String name() {
    return "idefics2";
  }

  @Override
  public List<String> modelTypes() {
    return List.of("idefics2");
  }

  @Override
  public List<String> testedCheckpoints() {
    return List.of("HuggingFaceM4/idefics2-8b");
  }

  @Override
  public Set<ImageBackend> imageBackends() {
    return Set.of(ImageBackend.values());
  }

  @Override
  public List<String> addedTokens() {
    return List.of(Idefics2Prompt.FAKE, Idefics2Prompt.IMAGE, "<end_of_utterance>");
  }

  @Override
  public ModelProcessor processor(CheckpointConfig config) {
    return Idefics2Processor.of(config);
  }
}
