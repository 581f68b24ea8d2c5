package dev.vlm4j.spi;

import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.Prompt;
import java.util.List;
import java.util.Optional;

/** Reads the things and places that an answer names. Immutable and thread-safe. */
public interface AnswerParser {
  /** Returns the names of all tasks whose answers can be read. */
  List<String> tasks();

  /**
   * Returns the task whose form an answer should have.
   *
   * @param prompt what was asked
   * @param text the answer, special tokens included
   * @return one of {@link #tasks()}; empty if the answer is nothing but text
   */
  Optional<String> task(Prompt prompt, String text);

  /**
   * Reads an answer. Text that cannot be read is no error: it gives the reason in the result.
   *
   * @param task one of {@link #tasks()}
   * @param text the answer, special tokens included
   * @param pictures the pictures of the prompt, in order
   */
  ParsedAnswer parse(String task, String text, List<SeenPicture> pictures);
}
