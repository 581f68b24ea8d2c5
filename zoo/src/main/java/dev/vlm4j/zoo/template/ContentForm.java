package dev.vlm4j.zoo.template;

/** How a template reads the {@code content} of a message. */
public enum ContentForm {
  /** A plain string: {@code "content": "Hello"}. */
  STRING,
  /** A list of parts: {@code "content": [{"type": "text", "text": "Hello"}]}. */
  PARTS
}
