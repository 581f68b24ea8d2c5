package dev.vlm4j.zoo.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The chat template of a checkpoint and the file it came from.
 *
 * @param file name of the file
 * @param template its text
 */
record TemplateSource(String file, String template) {
  private static final String KEY = "chat_template";

  /**
   * Finds the template with the precedence of the reference's processors: {@code
   * processor_config.json}, {@code chat_template.json}, {@code chat_template.jinja}; then the
   * tokenizer's, which the reference's processors do not read and which is all that some
   * checkpoints have.
   */
  static Optional<TemplateSource> find(CheckpointFolder folder) {
    return inJson(folder, "processor_config.json")
        .or(() -> inJson(folder, "chat_template.json"))
        .or(() -> folder.find("chat_template.jinja").map(TemplateSource::ofFile))
        .or(() -> inJson(folder, "tokenizer_config.json"));
  }

  private static TemplateSource ofFile(Path file) {
    try {
      return new TemplateSource("chat_template.jinja", Files.readString(file));
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.CHAT_TEMPLATE,
          "chat_template.jinja cannot be read as UTF-8 text; fetch the file again",
          e);
    }
  }

  private static Optional<TemplateSource> inJson(CheckpointFolder folder, String file) {
    return folder.json(file).flatMap(json -> template(json, file));
  }

  private static Optional<TemplateSource> template(ObjectNode json, String file) {
    JsonNode value = json.path(KEY);
    if (value.isTextual()) {
      return Optional.of(new TemplateSource(file, value.asText()));
    }
    for (JsonNode named : value) {
      if (named.path("name").asText().equals("default")) {
        return Optional.of(new TemplateSource(file, named.path("template").asText()));
      }
    }
    return Optional.empty();
  }
}
