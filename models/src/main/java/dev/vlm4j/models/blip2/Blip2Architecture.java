package dev.vlm4j.models.blip2;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.ProcessorArchitecture;
import java.util.List;
import java.util.Set;

/** BLIP-2 with an OPT decoder or a T5 encoder-decoder: {@code model_type} {@code blip-2}. */
public final class Blip2Architecture implements ProcessorArchitecture {
  @Override
  public String name() {
    return "blip2";
  }

  @Override
  public List<String> modelTypes() {
    return List.of("blip-2");
  }

  @Override
  public List<String> testedCheckpoints() {
    return List.of("Salesforce/blip2-opt-2.7b", "Salesforce/blip2-flan-t5-xl");
  }

  @Override
  public Set<ImageBackend> imageBackends() {
    return Set.of(ImageBackend.values());
  }

  @Override
  public List<String> addedTokens() {
    return List.of(Blip2Prompts.IMAGE);
  }

  @Override
  public ModelProcessor processor(CheckpointConfig config) {
    return Blip2Processor.of(config);
  }
}
