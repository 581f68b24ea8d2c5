package dev.vlm4j.zoo;

import dev.vlm4j.api.ImageOptions;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.NamedServices;
import dev.vlm4j.spi.PromptFormat;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import dev.vlm4j.zoo.checkpoint.FolderConfig;
import dev.vlm4j.zoo.checkpoint.GenerationConfig;
import dev.vlm4j.zoo.generation.PromptPreparer;
import dev.vlm4j.zoo.prompt.ChatRenderer;
import dev.vlm4j.zoo.prompt.PromptSource;
import dev.vlm4j.zoo.tokenizer.PromptTokenizer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything of a checkpoint but its weights. */
final class Checkpoint implements AutoCloseable {
  private final CheckpointFolder folder;
  private final Architecture architecture;
  private final String modelType;
  private final PromptTokenizer tokenizer;
  private final ModelAdapter adapter;
  private final GenerationConfig generation;
  private final PromptPreparer preparer;

  private Checkpoint(
      CheckpointFolder folder,
      Architecture architecture,
      PromptTokenizer tokenizer,
      FolderConfig config,
      ImageOptions imageOptions) {
    this.folder = folder;
    this.architecture = architecture;
    this.modelType = config.modelType();
    this.tokenizer = tokenizer;
    this.adapter = architecture.adapt(config);
    this.generation = GenerationConfig.read(folder, adapter.generationSource());
    this.preparer = preparer(imageOptions);
  }

  private PromptPreparer preparer(ImageOptions imageOptions) {
    Optional<PromptFormat> own = adapter.promptFormat();
    if (own.isPresent()) {
      PromptSource source = PromptSource.ofArchitecture(own.get());
      return new PromptPreparer(adapter, source, tokenizer, imageOptions);
    }
    ChatRenderer renderer = ChatRenderer.of(folder, tokenizer.namedTokens());
    PromptSource source = PromptSource.ofTemplate(renderer, renderer.sourceFile());
    return new PromptPreparer(adapter, source, tokenizer, imageOptions);
  }

  static Checkpoint open(
      CheckpointFolder folder,
      NamedServices<Architecture> architectures,
      ImageOptions imageOptions) {
    String modelType = FolderConfig.modelType(folder.config());
    checkSupport(modelType, architectures);
    Architecture architecture =
        architectures.get(
            modelType,
            ErrorCode.ARCHITECTURE_UNKNOWN,
            "architecture for model_type",
            "Use a checkpoint of one of these, or add a jar that supports it");
    PromptTokenizer tokenizer = new PromptTokenizer(folder, architecture.addedTokens());
    try {
      FolderConfig config = new FolderConfig(folder, tokenizer::tokenId);
      return new Checkpoint(folder, architecture, tokenizer, config, imageOptions);
    } catch (VlmException e) {
      tokenizer.close();
      throw e;
    }
  }

  private static void checkSupport(String modelType, NamedServices<Architecture> architectures) {
    for (Architecture architecture : architectures.all()) {
      String reason = architecture.unsupportedModelTypes().get(modelType);
      if (reason != null) {
        throw new VlmException(
            ErrorCode.ARCHITECTURE_UNSUPPORTED,
            "model_type '"
                + modelType
                + "' is not supported: "
                + reason
                + ". Of its relatives there are: "
                + String.join(", ", architecture.modelTypes()));
      }
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

  ModelAdapter adapter() {
    return adapter;
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
