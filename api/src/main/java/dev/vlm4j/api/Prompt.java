package dev.vlm4j.api;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A conversation to answer. If the last message is the assistant's, the answer continues it;
 * otherwise the model answers it.
 *
 * @param messages at least one, in order
 * @param templateVariables further variables of the chat template by name, such as {@code
 *     add_vision_id}: strings, booleans, integers, doubles, and lists and maps of them
 */
public record Prompt(List<Message> messages, Map<String, Object> templateVariables) {
  /**
   * Keeps an immutable copy.
   *
   * @throws VlmException {@code INVALID_MESSAGES} without messages
   */
  public Prompt {
    messages = List.copyOf(messages);
    templateVariables = Map.copyOf(templateVariables);
    if (messages.isEmpty()) {
      throw new VlmException(
          ErrorCode.INVALID_MESSAGES, "a prompt needs at least one message, for example a user's");
    }
  }

  /**
   * Creates a prompt without further variables.
   *
   * @throws VlmException {@code INVALID_MESSAGES} without messages
   */
  public Prompt(List<Message> messages) {
    this(messages, Map.of());
  }

  /** Returns a question about one picture. */
  public static Prompt user(Image image, String text) {
    return user(List.of(image), text);
  }

  /** Returns a question about any number of pictures, which come before the text. */
  public static Prompt user(List<Image> images, String text) {
    return new Prompt(List.of(Message.user(images, text)));
  }

  /** Returns a question without a picture. */
  public static Prompt user(String text) {
    return user(List.of(), text);
  }

  /** Returns this prompt with instructions in front. */
  public Prompt withSystem(String text) {
    List<Message> all = new ArrayList<>(List.of(Message.of(Role.SYSTEM, text)));
    all.addAll(messages);
    return new Prompt(all, templateVariables);
  }

  /** Returns this prompt with one more message. */
  public Prompt and(Message message) {
    List<Message> all = new ArrayList<>(messages);
    all.add(message);
    return new Prompt(all, templateVariables);
  }

  /**
   * Returns this prompt with one more variable for the chat template, or another value of it. A
   * template that does not read it is an error when the prompt is rendered.
   *
   * @param name as the template spells it
   * @param value a string, boolean, integer, double, or a list or map of such
   */
  public Prompt withTemplateVariable(String name, Object value) {
    Map<String, Object> all = new HashMap<>(templateVariables);
    all.put(name, value);
    return new Prompt(messages, all);
  }

  /** Returns all pictures in the order of the conversation. */
  public List<Image> images() {
    return pictures().stream().map(Content.Picture::image).toList();
  }

  /** Returns all pictures with their options, in the order of the conversation. */
  public List<Content.Picture> pictures() {
    return messages.stream()
        .flatMap(message -> message.content().stream())
        .filter(Content.Picture.class::isInstance)
        .map(Content.Picture.class::cast)
        .toList();
  }

  /** Returns whether the answer continues a message of the assistant. */
  public boolean continuesAssistant() {
    return messages.get(messages.size() - 1).role() == Role.ASSISTANT;
  }
}
