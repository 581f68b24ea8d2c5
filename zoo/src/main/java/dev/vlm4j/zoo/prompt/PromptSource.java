package dev.vlm4j.zoo.prompt;

import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.PromptFormat;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import java.util.Map;
import java.util.Optional;

/**
 * How the prompts of a checkpoint become text.
 *
 * @param format the rules
 * @param name where they come from, for people
 * @param complete whether the text holds every token of the prompt; otherwise those that the
 *     tokenizer puts around texts are added
 */
public record PromptSource(PromptFormat format, String name, boolean complete) {
  /**
   * Returns the source of a checkpoint: the processor's own format, else the chat template.
   *
   * @param namedTokens special tokens by the names that templates use
   * @throws dev.vlm4j.error.VlmException {@code CHAT_TEMPLATE} if there is neither
   */
  public static PromptSource of(
      CheckpointFolder folder, ModelProcessor processor, Map<String, String> namedTokens) {
    Optional<PromptFormat> own = processor.promptFormat();
    if (own.isPresent()) {
      return ofArchitecture(own.get());
    }
    ChatRenderer renderer = ChatRenderer.of(folder, namedTokens);
    return ofTemplate(renderer, renderer.sourceFile());
  }

  /** Returns the source of an architecture with a format of its own. */
  public static PromptSource ofArchitecture(PromptFormat format) {
    return new PromptSource(format, "the architecture's own format", true);
  }

  /** Returns the source of a chat template in the file of that name. */
  public static PromptSource ofTemplate(PromptFormat format, String file) {
    return new PromptSource(format, file, false);
  }
}
