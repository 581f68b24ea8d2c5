package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vlm4j.api.Content;
import dev.vlm4j.api.Image;
import dev.vlm4j.api.ImageOptions;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Role;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a conversation in the reference library's chat format. Every field is checked. */
final class MessagesFile {
  private static final Set<String> MESSAGE_FIELDS = Set.of("role", "content");
  private static final Set<String> TEXT_FIELDS = Set.of("type", "text");
  private static final List<String> IMAGE_SOURCES = List.of("path", "url", "base64", "image");
  private static final String MIN_PIXELS = "min_pixels";
  private static final String MAX_PIXELS = "max_pixels";
  private static final String HEIGHT = "resized_height";
  private static final String WIDTH = "resized_width";
  private static final List<String> SETTINGS = List.of(MIN_PIXELS, MAX_PIXELS, HEIGHT, WIDTH);

  /** Pictures stand in the file as base64 text, longer than what Jackson takes by default. */
  private static final int MAX_TEXT = 500_000_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(MAX_TEXT).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;

  private MessagesFile(Path file) {
    this.file = file;
  }

  /**
   * Returns the conversation in a file.
   *
   * @throws VlmException {@code INVALID_MESSAGES} naming line and column, or the field such as
   *     {@code messages[0].content[1].type}; {@code IMAGE_UNREADABLE} if a picture file is missing;
   *     {@code IO_FAILURE} if the file cannot be read
   */
  static Prompt read(Path file) {
    MessagesFile messages = new MessagesFile(file);
    return messages.prompt(messages.tree());
  }

  private JsonNode tree() {
    // A pipe will do: shells hand over what another program writes as one.
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new VlmException(
          ErrorCode.IO_FAILURE, "there is no messages file " + file + "; correct the path");
    }
    try {
      return MAPPER.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new VlmException(ErrorCode.INVALID_MESSAGES, file + noJson(e) + "; correct it", e);
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "cannot read "
              + file
              + ": "
              + IoReason.of(e)
              + "; check that it is there and may be read",
          e);
    }
  }

  private static String noJson(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String place = at == null ? "" : " in line " + at.getLineNr() + ", column " + at.getColumnNr();
    return " is no valid JSON" + place + ": " + BrokenJson.reason(e);
  }

  private Prompt prompt(JsonNode root) {
    if (!root.isArray()) {
      throw invalid(
          "messages", "must be a list such as [{\"role\": \"user\", \"content\": \"...\"}]");
    }
    if (root.isEmpty()) {
      throw invalid("messages", "must hold at least one message");
    }
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < root.size(); i++) {
      messages.add(message(root.get(i), "messages[" + i + "]"));
    }
    return new Prompt(messages);
  }

  private Message message(JsonNode node, String place) {
    checkObject(node, place);
    checkFields(node, MESSAGE_FIELDS, place);
    return new Message(
        role(text(node, "role", place), place + ".role"),
        content(field(node, "content", place), place + ".content"));
  }

  private Role role(String label, String place) {
    return Arrays.stream(Role.values())
        .filter(role -> role.label().equals(label))
        .findFirst()
        .orElseThrow(
            () -> invalid(place, "'" + label + "' is no role; there are: system, user, assistant"));
  }

  private List<Content> content(JsonNode node, String place) {
    if (node.isTextual()) {
      return List.of(new Content.Text(node.textValue()));
    }
    if (!node.isArray()) {
      throw invalid(place, "must be a text or a list of parts");
    }
    List<Content> parts = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      parts.add(part(node.get(i), place + "[" + i + "]"));
    }
    return parts;
  }

  private Content part(JsonNode node, String place) {
    checkObject(node, place);
    String type = text(node, "type", place);
    return switch (type) {
      case "text" -> {
        checkFields(node, TEXT_FIELDS, place);
        yield new Content.Text(text(node, "text", place));
      }
      case "image" -> new Content.Picture(image(node, place), options(node, place));
      case "video" ->
          throw invalid(place + ".type", "videos are not supported yet; give pictures instead");
      default ->
          throw invalid(place + ".type", "'" + type + "' is no part type; there are: text, image");
    };
  }

  private Image image(JsonNode node, String place) {
    List<String> sources = new ArrayList<>();
    for (Iterator<Map.Entry<String, JsonNode>> it = node.properties().iterator(); it.hasNext(); ) {
      String name = it.next().getKey();
      if (IMAGE_SOURCES.contains(name)) {
        sources.add(name);
      } else if (!name.equals("type") && !SETTINGS.contains(name)) {
        List<String> known = new ArrayList<>(IMAGE_SOURCES);
        known.addAll(SETTINGS);
        throw unknown(place + "." + name, "type, " + String.join(", ", known));
      }
    }
    if (sources.size() != 1) {
      String given = sources.isEmpty() ? "none" : String.join(" and ", sources);
      throw invalid(
          place, "an image needs exactly one of path, url, base64, image; it has " + given);
    }
    String source = sources.get(0);
    return image(source, text(node, source, place), place + "." + source);
  }

  private ImageOptions options(JsonNode node, String place) {
    OptionalInt min = number(node, MIN_PIXELS, place);
    OptionalInt max = number(node, MAX_PIXELS, place);
    OptionalInt height = number(node, HEIGHT, place);
    OptionalInt width = number(node, WIDTH, place);
    try {
      return new ImageOptions(min, max, height, width);
    } catch (VlmException e) {
      throw new VlmException(
          ErrorCode.INVALID_MESSAGES, file + ": " + place + ": " + e.getMessage(), e);
    }
  }

  private OptionalInt number(JsonNode node, String name, String place) {
    JsonNode value = node.get(name);
    if (value == null) {
      return OptionalInt.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw invalid(place + "." + name, "must be a whole number up to 2147483647");
    }
    return OptionalInt.of(value.intValue());
  }

  private Image image(String source, String value, String field) {
    String place = file + ": " + field;
    return switch (source) {
      case "path" -> ImageReference.path(neighbour(), value, place);
      case "base64" -> ImageReference.base64(value, place);
      case "image" -> ImageReference.pathOrUri(neighbour(), value, place);
      default -> ImageReference.uri(value, place);
    };
  }

  /** A pipe lies in no folder that means anything: its pictures lie in the working folder. */
  private Path neighbour() {
    return Files.isRegularFile(file) ? file : Path.of("messages.json");
  }

  private void checkObject(JsonNode node, String place) {
    if (!node.isObject()) {
      throw invalid(place, "must be an object");
    }
  }

  private void checkFields(JsonNode node, Set<String> known, String place) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw unknown(
                    place + "." + name, known.stream().sorted().collect(Collectors.joining(", ")));
              }
            });
  }

  private VlmException unknown(String place, String known) {
    return invalid(place, "is an unknown field; there are: " + known);
  }

  private String text(JsonNode node, String name, String place) {
    JsonNode value = field(node, name, place);
    if (!value.isTextual()) {
      throw invalid(place + "." + name, "must be a text");
    }
    return value.textValue();
  }

  private JsonNode field(JsonNode node, String name, String place) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw invalid(place + "." + name, "is missing");
    }
    return value;
  }

  private VlmException invalid(String place, String reason) {
    return new VlmException(ErrorCode.INVALID_MESSAGES, file + ": " + place + " " + reason);
  }
}
