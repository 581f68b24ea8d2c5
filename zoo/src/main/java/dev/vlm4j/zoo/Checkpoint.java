package dev.vlm4j.zoo;

import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.spi.GenerationSource;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import dev.vlm4j.zoo.checkpoint.FolderConfig;
import dev.vlm4j.zoo.checkpoint.GenerationConfig;
import dev.vlm4j.zoo.generation.InputOptions;
import dev.vlm4j.zoo.generation.PromptPreparer;
import dev.vlm4j.zoo.prompt.PromptSource;
import dev.vlm4j.zoo.tokenizer.PromptTokenizer;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything of a checkpoint but its weights. */
final class Checkpoint implements AutoCloseable {
  private final CheckpointFolder folder;
  private final Architecture architecture;
  private final String modelType;
  private final PromptTokenizer tokenizer;
  private final @Nullable ModelAdapter adapter;
  private final GenerationConfig generation;
  private final PromptPreparer preparer;

  private Checkpoint(
      CheckpointFolder folder,
      Architecture architecture,
      PromptTokenizer tokenizer,
      FolderConfig config,
      InputOptions inputs) {
    this.folder = folder;
    this.architecture = architecture;
    this.modelType = config.modelType();
    this.tokenizer = tokenizer;
    this.adapter = architecture.hasGraphs() ? architecture.adapt(config) : null;
    ModelProcessor processor = adapter == null ? architecture.processor(config) : adapter;
    this.generation = generation(folder, adapter);
    PromptSource source = PromptSource.of(folder, processor, tokenizer.namedTokens());
    this.preparer =
        new PromptPreparer(processor, source, tokenizer, config.convertsToRgb(), inputs);
  }

  private static GenerationConfig generation(
      CheckpointFolder folder, @Nullable ModelAdapter adapter) {
    GenerationSource source =
        adapter == null ? GenerationSource.GENERATION_CONFIG : adapter.generationSource();
    return GenerationConfig.read(folder, source);
  }

  /** Opens a checkpoint to run it: an error if its architecture has no graphs. */
  static Checkpoint openToRun(
      CheckpointFolder folder, Architectures architectures, InputOptions inputs) {
    String modelType = FolderConfig.modelType(folder.config());
    architectures.requireGraphs(architectures.get(modelType));
    return open(folder, architectures, inputs);
  }

  static Checkpoint open(
      CheckpointFolder folder, Architectures architectures, InputOptions inputs) {
    Architecture architecture = architectures.get(FolderConfig.modelType(folder.config()));
    architectures.requireImageBackend(architecture, inputs.imageBackend());
    PromptTokenizer tokenizer = new PromptTokenizer(folder, architecture.addedTokens());
    try {
      FolderConfig config = new FolderConfig(folder, tokenizer::tokenId, inputs.imageBackend());
      return new Checkpoint(folder, architecture, tokenizer, config, inputs);
    } catch (VlmException e) {
      tokenizer.close();
      throw e;
    }
  }

  CheckpointFolder folder() {
    return folder;
  }

  Architecture architecture() {
    return architecture;
  }

  String modelType() {
    return modelType;
  }

  PromptTokenizer tokenizer() {
    return tokenizer;
  }

  /** Returns what can run; an architecture without graphs has none. */
  ModelAdapter adapter() {
    return Objects.requireNonNull(adapter, "the architecture has no graphs");
  }

  GenerationConfig generation() {
    return generation;
  }

  PromptPreparer preparer() {
    return preparer;
  }

  /** Returns the ids that end an answer: the checkpoint's, else the tokenizer's. */
  Set<Integer> eosIds() {
    List<Integer> listed = Objects.requireNonNullElse(generation.eosTokenId(), List.of());
    if (!listed.isEmpty()) {
      return Set.copyOf(listed);
    }
    String named = tokenizer.namedTokens().get("eos_token");
    return named == null ? Set.of() : tokenizer.find(named).stream().collect(Collectors.toSet());
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
