package dev.vlm4j.zoo.parity;

import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is asked of which engines. The base is {@code reference} where it is named, else the first
 * name; a name may stand twice, to compare two precisions of one engine.
 *
 * @param backends names of at least two backends
 * @param prompt what is asked
 * @param generation how the answer is generated
 * @param trace whether the first scope path that differs is looked for
 */
public record ParityRequest(
    List<String> backends, Prompt prompt, GenerationOptions generation, boolean trace) {
  private static final String PREFERRED_BASE = "reference";

  /**
   * Keeps an immutable copy.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} for fewer than two backends, or a blank name
   */
  public ParityRequest {
    backends = List.copyOf(backends);
    if (backends.size() < 2 || backends.stream().anyMatch(String::isBlank)) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "a comparison needs the names of at least two backends, got " + backends);
    }
  }

  /** Returns the backend that the others are measured against. */
  public String base() {
    return backends.contains(PREFERRED_BASE) ? PREFERRED_BASE : backends.get(0);
  }

  /** Returns the other backends in the order of naming. */
  public List<String> others() {
    List<String> others = new ArrayList<>(backends);
    others.remove(base());
    return others;
  }
}
