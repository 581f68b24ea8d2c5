package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** Builds and prints JSON results. Fields keep the order in which they are put. */
final class JsonOutput {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final double THOUSAND = 1000.0;

  private JsonOutput() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  static ArrayNode ids(Collection<Integer> ids) {
    ArrayNode array = MAPPER.createArrayNode();
    ids.forEach(array::add);
    return array;
  }

  static ArrayNode texts(Collection<String> texts) {
    ArrayNode array = MAPPER.createArrayNode();
    texts.forEach(array::add);
    return array;
  }

  static ArrayNode objects(Collection<ObjectNode> objects) {
    return MAPPER.createArrayNode().addAll(objects);
  }

  /** Returns maps, lists, strings and numbers as JSON. */
  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** Returns numbers; those without a fraction are written without one. */
  static ArrayNode numbers(double... values) {
    ArrayNode array = MAPPER.createArrayNode();
    for (double value : values) {
      if (value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE) {
        array.add((int) value);
      } else {
        array.add(value);
      }
    }
    return array;
  }

  /** Rounds to three decimals: more is noise in a time. */
  static double rounded(double value) {
    return Math.round(value * THOUSAND) / THOUSAND;
  }

  /**
   * Returns an object on one line. Letters stay readable, except those that some readers take for a
   * line end; they can occur inside strings only.
   */
  static String oneLine(ObjectNode json) {
    try {
      return MAPPER
          .writeValueAsString(json)
          .replace("\u0085", "\\u0085")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
