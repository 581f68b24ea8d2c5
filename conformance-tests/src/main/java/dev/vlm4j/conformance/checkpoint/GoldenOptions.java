package dev.vlm4j.conformance.checkpoint;

import dev.vlm4j.api.EarlyStopping;
import dev.vlm4j.api.GenerationOptions;
import java.util.Locale;
import java.util.Map;

/**
 * The settings of a recorded request: {@code max_new_tokens}, and whichever of {@code num_beams},
 * {@code length_penalty}, {@code early_stopping} (true, false or never), {@code
 * no_repeat_ngram_size} and {@code repetition_penalty} the reference library was called with.
 */
final class GoldenOptions {
  private GoldenOptions() {}

  /** Reads the settings among the facts of a case; what is absent is the checkpoint's business. */
  static GenerationOptions read(Map<String, String> facts) {
    GenerationOptions options = GenerationOptions.DEFAULT;
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      options = with(options, fact.getKey(), fact.getValue());
    }
    return options;
  }

  private static GenerationOptions with(GenerationOptions options, String fact, String value) {
    return switch (fact) {
      case "max_new_tokens" -> options.withMaxNewTokens(Integer.parseInt(value));
      case "num_beams" -> options.withNumBeams(Integer.parseInt(value));
      case "length_penalty" -> options.withLengthPenalty(Double.parseDouble(value));
      case "early_stopping" ->
          options.withEarlyStopping(EarlyStopping.valueOf(value.toUpperCase(Locale.ROOT)));
      case "no_repeat_ngram_size" -> options.withNoRepeatNgramSize(Integer.parseInt(value));
      case "repetition_penalty" -> options.withRepetitionPenalty(Double.parseDouble(value));
      default -> options;
    };
  }
}
