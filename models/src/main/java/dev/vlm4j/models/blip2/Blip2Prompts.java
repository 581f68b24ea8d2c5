package dev.vlm4j.models.blip2;

import dev.vlm4j.api.Content;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Role;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.PromptFormat;
import dev.vlm4j.spi.TextPart;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One message of the user with at most one picture, which stands in front of everything: the model
 * knows no turns.
 *
 * @param startsText whether the end token stands in front of the text (OPT) instead of behind (T5)
 */
record Blip2Prompts(boolean startsText) implements PromptFormat {
  static final String IMAGE = "<image>";
  static final String END = "</s>";

  @Override
  public List<TextPart> render(Prompt prompt) {
    Message message = onlyMessage(prompt);
    checkPictures(prompt.pictures().size());
    List<TextPart> parts = new ArrayList<>();
    if (!prompt.pictures().isEmpty()) {
      parts.add(new TextPart(IMAGE, false));
    }
    if (startsText) {
      parts.add(new TextPart(END, false));
    }
    for (Content part : message.content()) {
      if (part instanceof Content.Text text) {
        parts.add(new TextPart(text.text(), true));
      }
    }
    if (!startsText) {
      parts.add(new TextPart(END, false));
    }
    return parts;
  }

  private static Message onlyMessage(Prompt prompt) {
    if (prompt.messages().size() != 1 || prompt.messages().get(0).role() != Role.USER) {
      throw new VlmException(
          ErrorCode.INVALID_MESSAGES,
          "BLIP-2 reads one plain text, for example \"Question: What is this? Answer:\": no system"
              + " text and no history; got "
              + prompt.messages().stream()
                  .map(message -> message.role().label())
                  .collect(Collectors.joining(", "))
              + ": put what matters into one message of the user");
    }
    return prompt.messages().get(0);
  }

  private static void checkPictures(int pictures) {
    if (pictures > 1) {
      throw new VlmException(
          ErrorCode.IMAGE_COUNT_MISMATCH,
          "BLIP-2 reads one picture, the prompt has " + pictures + ": give one");
    }
  }
}
