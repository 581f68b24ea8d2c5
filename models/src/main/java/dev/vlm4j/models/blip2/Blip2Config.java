package dev.vlm4j.models.blip2;

import static dev.vlm4j.models.towers.ConfigValues.orElse;
import static dev.vlm4j.models.towers.ConfigValues.positive;

import dev.vlm4j.models.towers.ConfigValues;
import org.jspecify.annotations.Nullable;

/**
 * What is needed of {@code config.json}, null where it is silent.
 *
 * @param textConfig the language model
 * @param numQueryTokens features of a picture
 */
record Blip2Config(@Nullable Language textConfig, @Nullable Integer numQueryTokens) {
  private static final int DEFAULT_QUERIES = 32;

  /**
   * The language model.
   *
   * @param modelType {@code opt} or {@code t5}
   */
  record Language(@Nullable String modelType) {}

  /**
   * The settings of the reference's {@code Blip2Processor}.
   *
   * @param numQueryTokens placeholders of a picture; older files lack it
   */
  record Processor(@Nullable Integer numQueryTokens) {}

  /** Returns the number of features of a picture. */
  int queries() {
    return positive("num_query_tokens", numQueryTokens, DEFAULT_QUERIES);
  }

  /** Returns whether the end token stands in front of the text instead of behind it. */
  boolean startsText() {
    String type = orElse(textConfig == null ? null : textConfig.modelType(), "opt");
    return switch (type) {
      case "opt" -> true;
      case "t5" -> false;
      default -> throw ConfigValues.unsupported("text_config.model_type", type, "opt, t5");
    };
  }
}
