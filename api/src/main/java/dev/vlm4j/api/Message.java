package dev.vlm4j.api;

import java.util.ArrayList;
import java.util.List;

/**
 * One turn of a conversation.
 *
 * @param role who says it
 * @param content its parts in order
 */
public record Message(Role role, List<Content> content) {
  /** Keeps an immutable copy of the parts. */
  public Message {
    content = List.copyOf(content);
  }

  /** Returns a message of text alone. */
  public static Message of(Role role, String text) {
    return new Message(role, List.of(new Content.Text(text)));
  }

  /** Returns a user's message with pictures before the text. */
  public static Message user(List<Image> images, String text) {
    List<Content> parts = new ArrayList<>();
    images.forEach(image -> parts.add(new Content.Picture(image)));
    parts.add(new Content.Text(text));
    return new Message(Role.USER, parts);
  }
}
