package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the variables of a chat template that stand on the command line. */
final class TemplateVariables {
  private static final String OPTION = "--chat-template-kwargs";
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TemplateVariables() {}

  /**
   * Returns the fields of a JSON object.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} if the text is none, or holds what no template
   *     can be given
   */
  static Map<String, Object> read(String text) {
    JsonNode object = tree(text);
    if (!object.isObject()) {
      throw invalid(
          OPTION
              + " is no JSON object; the form is {\"name\": value}, for example"
              + " {\"add_vision_id\": true}",
          null);
    }
    object.properties().forEach(field -> check(field.getKey(), field.getValue()));
    return MAPPER.convertValue(object, new TypeReference<Map<String, Object>>() {});
  }

  private static JsonNode tree(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw invalid(OPTION + " is no JSON object: " + BrokenJson.reason(e) + "; correct it", e);
    }
  }

  private static void check(String name, JsonNode value) {
    if (value.isNull()) {
      throw invalid(OPTION + ": '" + name + "' is null; leave it out, or give it a value", null);
    }
    checkNumbers(name, value);
  }

  private static void checkNumbers(String name, JsonNode value) {
    if (value.isBigInteger()) {
      throw invalid(
          OPTION + ": '" + name + "' holds the number " + value + ", which is too large", null);
    }
    value.forEach(part -> checkNumbers(name, part));
  }

  private static VlmException invalid(String message, @Nullable Exception cause) {
    return new VlmException(ErrorCode.INVALID_ARGUMENT, message, cause);
  }
}
