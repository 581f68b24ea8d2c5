package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.Content;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Role;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Pads or cuts the user's last text so that a prompt has a wanted number of tokens. */
final class PromptLength {
  /** Words that most vocabularies have as one token, and shorter text for those that do not. */
  private static final List<String> FILLERS = List.of(" a", " the", " and", ".", "!", "a");

  private final Prompt prompt;
  private final Function<Prompt, ModelInputs> inputs;
  private final int message;
  private final int part;
  private final String[] words;

  PromptLength(Prompt prompt, Function<Prompt, ModelInputs> inputs) {
    this.prompt = prompt;
    this.inputs = inputs;
    this.message = lastOfUser(prompt);
    this.part = lastText(prompt.messages().get(message));
    String text = ((Content.Text) prompt.messages().get(message).content().get(part)).text();
    this.words = text.isBlank() ? new String[] {"a"} : text.strip().split("\\s+");
  }

  /** Returns the tokens of a prompt without those of its pictures. */
  int count(Prompt candidate) {
    ModelInputs seen = inputs.apply(candidate);
    int pictures = seen.images().stream().mapToInt(ModelInputs.ImageInput::tokens).sum();
    return seen.promptTokenIds().size() - pictures;
  }

  /**
   * Returns a prompt with that many tokens, or the longest one found below.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} if the prompt has more tokens without any text
   */
  Prompt withTokens(int wanted) {
    int least = count(withText(""));
    if (least > wanted) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "--prompt-tokens must be at least "
              + least
              + ", got "
              + wanted
              + ": the chat template alone has that many");
    }
    return withText(filled(mostWords(wanted), wanted));
  }

  private String mostWords(int wanted) {
    int fits = 0;
    int tooMany = 1;
    while (tooMany <= wanted && count(withText(text(tooMany))) <= wanted) {
      fits = tooMany;
      tooMany *= 2;
    }
    while (tooMany - fits > 1) {
      int middle = (fits + tooMany) >>> 1;
      if (count(withText(text(middle))) <= wanted) {
        fits = middle;
      } else {
        tooMany = middle;
      }
    }
    return text(fits);
  }

  /** The next word may be worth several tokens: what is missing is added in smaller pieces. */
  private String filled(String start, int wanted) {
    String text = start;
    int now = count(withText(text));
    for (int i = 0; now < wanted && i < FILLERS.size(); ) {
      String longer = text + FILLERS.get(i);
      int then = count(withText(longer));
      if (then > now && then <= wanted) {
        text = longer;
        now = then;
      } else {
        i++;
      }
    }
    return text;
  }

  private String text(int count) {
    List<String> repeated = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      repeated.add(words[i % words.length]);
    }
    return String.join(" ", repeated);
  }

  private Prompt withText(String text) {
    Message former = prompt.messages().get(message);
    List<Content> content = new ArrayList<>(former.content());
    content.set(part, new Content.Text(text));
    List<Message> messages = new ArrayList<>(prompt.messages());
    messages.set(message, new Message(former.role(), content));
    return new Prompt(messages, prompt.templateVariables());
  }

  private static int lastOfUser(Prompt prompt) {
    for (int i = prompt.messages().size() - 1; i >= 0; i--) {
      Message message = prompt.messages().get(i);
      if (message.role() == Role.USER && lastText(message) >= 0) {
        return i;
      }
    }
    throw new VlmException(
        ErrorCode.INVALID_ARGUMENT, "--prompt-tokens needs a message of the user with a text");
  }

  private static int lastText(Message message) {
    for (int i = message.content().size() - 1; i >= 0; i--) {
      if (message.content().get(i) instanceof Content.Text) {
        return i;
      }
    }
    return -1;
  }
}
