package dev.vlm4j.zoo.checkpoint;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Reads the JSON files of a checkpoint: as the reference's parser does, with errors that name a
 * field.
 */
public final class JsonFiles {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .addModule(new Jdk8Module().configureReadAbsentAsNull(true))
          .build();

  private JsonFiles() {}

  /** Returns an empty object. */
  public static ObjectNode emptyObject() {
    return MAPPER.createObjectNode();
  }

  /**
   * Reads a file that holds one object.
   *
   * @throws VlmException {@code CONFIG_INVALID} naming file, line and column, or {@code IO_FAILURE}
   */
  public static ObjectNode object(Path file) {
    JsonNode root = read(file);
    if (root instanceof ObjectNode object) {
      return object;
    }
    throw new VlmException(
        ErrorCode.CONFIG_INVALID,
        file.getFileName() + " must hold a JSON object; correct the file");
  }

  /** Reads a file that holds any JSON value; see {@link #object}. */
  public static JsonNode read(Path file) {
    try {
      return MAPPER.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          file.getFileName()
              + " is no valid JSON"
              + at(e.getLocation())
              + ": "
              + e.getOriginalMessage()
              + "; correct the file",
          e);
    } catch (CharacterCodingException e) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID, file.getFileName() + " is not UTF-8; correct the file", e);
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "cannot read " + file + ": " + e + "; check that it is there and may be read",
          e);
    }
  }

  /** Returns a value that was read, or made of such ones, as a file would hold it. */
  public static byte[] bytes(JsonNode value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write what was read", e);
    }
  }

  private static String at(JsonLocation location) {
    return location == null
        ? ""
        : " in line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /**
   * Maps an object to a record.
   *
   * @param file name for the error message
   * @throws VlmException {@code CONFIG_INVALID} naming file and field
   */
  public static <T> T map(JsonNode tree, String file, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonMappingException e) {
      String field =
          e.getPath().stream()
              .map(
                  step ->
                      step.getFieldName() == null
                          ? "[" + step.getIndex() + "]"
                          : step.getFieldName())
              .collect(Collectors.joining("."));
      Throwable cause = e.getCause();
      String reason = cause instanceof VlmException ? cause.getMessage() : e.getOriginalMessage();
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          file
              + ": "
              + (field.isEmpty() ? "the file" : field)
              + " cannot be read: "
              + reason
              + "; correct the file",
          e);
    } catch (JsonProcessingException e) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID, file + ": " + e.getOriginalMessage() + "; correct the file", e);
    }
  }
}
