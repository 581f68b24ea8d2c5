package dev.vlm4j.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer's text, read as the things and places that it names. Reading never fails: what cannot
 * be read leaves the text and a reason. Immutable.
 *
 * @param task what the model was asked to do, for example {@code <OD>} or {@code grounding}
 * @param text what was read, special tokens included
 * @param detections everything found, in the order of the text
 * @param reason why there are no detections, or fewer than the text promises; empty if it was read
 *     completely
 * @param picture size of the original picture, the frame of all detections; empty without picture
 * @param reference what the reference library's own post-processing returns for the task: {@code
 *     {task: value}} with values made of maps, lists, strings and integers; empty if it has none or
 *     failed
 */
public record ParsedAnswer(
    String task,
    String text,
    List<Detection> detections,
    Optional<String> reason,
    Optional<PictureSize> picture,
    Map<String, Object> reference) {
  /** Keeps immutable copies; values of {@code reference} must be immutable already. */
  public ParsedAnswer {
    detections = List.copyOf(detections);
    reference = Map.copyOf(reference);
  }

  /** Returns an answer that could not be read. */
  public static ParsedAnswer unread(
      String task, String text, Optional<PictureSize> picture, String reason) {
    return new ParsedAnswer(task, text, List.of(), Optional.of(reason), picture, Map.of());
  }
}
