package dev.vlm4j.zoo.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The ids that a tokenizer puts around every text, read from the {@code post_processor} of {@code
 * tokenizer.json}.
 *
 * @param before ids in front
 * @param after ids behind
 */
record TextFrame(List<Integer> before, List<Integer> after) {
  /** Keeps immutable copies. */
  TextFrame {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /**
   * Reads a post-processor.
   *
   * @throws IllegalArgumentException for a kind that is not known
   */
  static TextFrame of(JsonNode processor) {
    if (processor.isMissingNode() || processor.isNull()) {
      return new TextFrame(List.of(), List.of());
    }
    String type = processor.path("type").asText();
    return switch (type) {
      case "ByteLevel" -> new TextFrame(List.of(), List.of());
      case "TemplateProcessing" -> ofTemplate(processor);
      case "RobertaProcessing", "BertProcessing" ->
          new TextFrame(
              List.of(processor.path("cls").path(1).asInt()),
              List.of(processor.path("sep").path(1).asInt()));
      case "Sequence" -> ofSequence(processor.path("processors"));
      default -> throw new IllegalArgumentException("unknown post_processor " + type);
    };
  }

  private static TextFrame ofSequence(JsonNode processors) {
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    for (JsonNode processor : processors) {
      TextFrame frame = of(processor);
      before.addAll(0, frame.before());
      after.addAll(frame.after());
    }
    return new TextFrame(before, after);
  }

  private static TextFrame ofTemplate(JsonNode processor) {
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    boolean passedText = false;
    for (JsonNode piece : processor.path("single")) {
      if (piece.has("Sequence")) {
        passedText = true;
        continue;
      }
      String token = piece.path("SpecialToken").path("id").asText();
      for (JsonNode id : processor.path("special_tokens").path(token).path("ids")) {
        (passedText ? after : before).add(id.asInt());
      }
    }
    return new TextFrame(before, after);
  }
}
