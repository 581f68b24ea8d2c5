package dev.vlm4j.zoo.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
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
  private static final String OLDER = "chat_template.json";
  private static final String DEFAULT = "default";

  /**
   * Finds the template with the precedence of the reference's processors: {@code
   * processor_config.json}, {@code chat_template.json}, {@code chat_template.jinja}, the default of
   * {@code additional_chat_templates}; then the tokenizer's, which the reference's processors do
   * not read and which is all that some checkpoints have.
   *
   * @throws VlmException {@code CHAT_TEMPLATE} where the reference refuses what it finds
   */
  static Optional<TemplateSource> find(CheckpointFolder folder) {
    List<String> named = folder.namedTemplates();
    if (!named.isEmpty() && folder.find(OLDER).isPresent()) {
      throw new VlmException(
          ErrorCode.CHAT_TEMPLATE,
          "the checkpoint has "
              + OLDER
              + " beside "
              + named
              + ", and the reference library takes neither: put the right template into"
              + " chat_template.jinja, and take "
              + OLDER
              + " out");
    }
    return inJson(folder, "processor_config.json")
        .or(() -> inJson(folder, OLDER))
        .or(() -> inFile(folder, "chat_template.jinja"))
        .or(() -> amongNamed(folder, named))
        .or(() -> inJson(folder, TOKENIZER));
  }

  private static Optional<TemplateSource> amongNamed(CheckpointFolder folder, List<String> named) {
    if (named.isEmpty()) {
      return Optional.empty();
    }
    String chosen =
        named.stream()
            .filter(name -> name.endsWith("/" + DEFAULT + ".jinja"))
            .findFirst()
            .orElseThrow(() -> withoutDefault("the checkpoint", named));
    return inFile(folder, chosen);
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
      throw withoutDefault(file, named.keySet());
    }
    return Optional.of(new TemplateSource(file, chosen));
  }

  private static VlmException withoutDefault(String owner, Collection<String> names) {
    return new VlmException(
        ErrorCode.CHAT_TEMPLATE,
        owner
            + " has chat templates with names and none of them is named default: "
            + names
            + "; put the right one into chat_template.jinja, and take them out of "
            + owner);
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
