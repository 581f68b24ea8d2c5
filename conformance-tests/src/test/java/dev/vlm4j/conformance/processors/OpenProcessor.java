package dev.vlm4j.conformance.processors;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.api.ImageOptions;
import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.PicturePolicy;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.NamedServices;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import dev.vlm4j.zoo.checkpoint.FolderConfig;
import dev.vlm4j.zoo.generation.InputOptions;
import dev.vlm4j.zoo.generation.PromptPreparer;
import dev.vlm4j.zoo.prompt.PromptSource;
import dev.vlm4j.zoo.tokenizer.PromptTokenizer;
import java.nio.file.Path;

/** A checkpoint whose prompts are prepared, opened once for all of its cases. */
final class OpenProcessor implements AutoCloseable {
  private final Architecture architecture;
  private final PromptTokenizer tokenizer;
  private final ModelProcessor processor;
  private final PromptSource source;
  private final boolean whitens;

  private OpenProcessor(
      CheckpointFolder folder,
      Architecture architecture,
      PromptTokenizer tokenizer,
      ImageBackend backend) {
    this.architecture = architecture;
    this.tokenizer = tokenizer;
    FolderConfig config = new FolderConfig(folder, tokenizer::tokenId, backend);
    this.processor = architecture.processor(config);
    this.whitens = config.convertsToRgb();
    this.source = PromptSource.of(folder, processor, tokenizer.namedTokens());
  }

  static OpenProcessor of(Path path, ImageBackend backend) {
    CheckpointFolder folder = CheckpointFolder.open(path);
    Architecture architecture =
        NamedServices.load(Architecture.class, Architecture::modelTypes)
            .get(
                FolderConfig.modelType(folder.config()),
                ErrorCode.ARCHITECTURE_UNKNOWN,
                "architecture for model_type",
                "Use another checkpoint");
    PromptTokenizer tokenizer = new PromptTokenizer(folder, architecture.addedTokens());
    return new OpenProcessor(folder, architecture, tokenizer, backend);
  }

  /** Opens a folder that differs in the files of the processor alone; it is not to be closed. */
  OpenProcessor changed(Path path, ImageBackend backend) {
    return new OpenProcessor(CheckpointFolder.open(path), architecture, tokenizer, backend);
  }

  ModelInputs inputs(Prompt prompt, ImageOptions options) {
    return new PromptPreparer(
            processor,
            source,
            tokenizer,
            whitens,
            new InputOptions(options, ImageBackend.TORCHVISION, PicturePolicy.DEFAULT, false))
        .inputs(prompt);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
