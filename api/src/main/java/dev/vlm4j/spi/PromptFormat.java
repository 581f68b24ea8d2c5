package dev.vlm4j.spi;

import dev.vlm4j.api.Prompt;
import java.util.List;

/** How a conversation becomes text. Immutable and thread-safe. */
@FunctionalInterface
public interface PromptFormat {
  /**
   * Renders a conversation.
   *
   * @throws dev.vlm4j.error.VlmException {@code CHAT_TEMPLATE} or {@code INVALID_MESSAGES} if there
   *     is no form for it, or a part of it would be lost
   */
  List<TextPart> render(Prompt prompt);
}
