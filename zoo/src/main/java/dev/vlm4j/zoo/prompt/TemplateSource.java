package dev.vlm4j.zoo.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import dev.vlm4j.zoo.hub.CheckpointFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The chat template of a checkpoint and the file it came from.
 *
 * @param file name of the file
 * @param template its text
 */
record TemplateSource(String file, String template) {
  private static final String KEY = "chat_template";
  private static final String TOKENIZER = "tokenizer_config.json";
  private static final String DEFAULT = "default";

  /**
   * Finds the template with the precedence of the reference's processors: {@code
   * processor_config.json}, {@code chat_template.json}, {@code chat_template.jinja}, the default of
   * {@code chat_templates}; then the tokenizer's, which the reference's processors do not read and
   * which is all that some checkpoints have.
   */
  static Optional<TemplateSource> find(CheckpointFolder folder) {
    return inJson(folder, "processor_config.json")
        .or(() -> inJson(folder, "chat_template.json"))
        .or(() -> inFile(folder, "chat_template.jinja"))
        .or(() -> inFile(folder, CheckpointFiles.NAMED_TEMPLATE))
        .or(() -> inJson(folder, TOKENIZER));
  }

  private static Optional<TemplateSource> inFile(CheckpointFolder folder, String name) {
    return folder.find(name).map(file -> ofFile(file, name));
  }

  private static TemplateSource ofFile(Path file, String name) {
    try {
      return new TemplateSource(name, Files.readString(file));
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.CHAT_TEMPLATE, name + " cannot be read as UTF-8 text; fetch the file again", e);
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
    if (!value.isContainerNode()) {
      return Optional.empty();
    }
    Map<String, String> named = value.isArray() ? listed(value, file) : byName(value);
    String chosen = named.get(DEFAULT);
    if (chosen == null) {
      throw new VlmException(
          ErrorCode.CHAT_TEMPLATE,
          file
              + " has several chat templates and none of them is named default: "
              + named.keySet()
              + "; put the right one into chat_template.jinja, and take them out of "
              + file);
    }
    return Optional.of(new TemplateSource(file, chosen));
  }

  private static Map<String, String> byName(JsonNode value) {
    Map<String, String> named = new TreeMap<>();
    value.properties().forEach(field -> named.put(field.getKey(), field.getValue().asText()));
    return named;
  }

  /** Of equal names the last one counts; the reference takes lists from the tokenizer alone. */
  private static Map<String, String> listed(JsonNode value, String file) {
    if (!file.equals(TOKENIZER)) {
      throw new VlmException(
          ErrorCode.CHAT_TEMPLATE,
          "the chat_template in "
              + file
              + " is a list, which the reference library does not read:"
              + " put the template into chat_template.jinja, and take the list out of "
              + file);
    }
    Map<String, String> named = new TreeMap<>();
    value.forEach(entry -> named.put(entry.path("name").asText(), entry.path("template").asText()));
    return named;
  }
}
