package dev.vlm4j.zoo.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.api.EarlyStopping;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.GenerationSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of {@code generation_config.json} that act in greedy decoding and beam search, null
 * where the file is silent. Sampling settings and the number of beams are not read: answers are
 * greedy unless the caller asks for beams.
 */
public record GenerationConfig(
    @Nullable List<Integer> eosTokenId,
    @Nullable Integer maxNewTokens,
    @Nullable Integer maxLength,
    @Nullable Double repetitionPenalty,
    @Nullable Integer noRepeatNgramSize,
    @Nullable Double lengthPenalty,
    @Nullable String earlyStopping,
    @Nullable Boolean renormalizeLogits,
    @Nullable Integer minLength,
    @Nullable Integer minNewTokens,
    @Nullable List<Integer> suppressTokens,
    @Nullable List<Integer> beginSuppressTokens,
    @Nullable Integer forcedBosTokenId,
    @Nullable List<Integer> forcedEosTokenId,
    @Nullable List<List<Integer>> badWordsIds) {
  private static final String FILE = "generation_config.json";
  private static final String TEXT = "text_config";
  private static final List<String> DECODER_PARTS = List.of("decoder", "generator", TEXT);
  private static final Map<String, EarlyStopping> STOPPING =
      Map.of(
          "true", EarlyStopping.TRUE,
          "false", EarlyStopping.FALSE,
          "never", EarlyStopping.NEVER);

  /**
   * Settings that would change greedy results and are not built, with the value that changes
   * nothing.
   */
  private static final Map<String, String> NEUTRAL =
      new TreeMap<>(
          Map.of(
              "num_beam_groups", "1",
              "encoder_repetition_penalty", "1.0",
              "encoder_no_repeat_ngram_size", "0",
              "diversity_penalty", "0.0",
              "penalty_alpha", "0.0",
              "guidance_scale", "1.0",
              "sequence_bias", "null",
              "exponential_decay_length_penalty", "null",
              "prompt_lookup_num_tokens", "null"));

  /** Refuses an unknown rule for the end of a beam search. */
  public GenerationConfig {
    if (earlyStopping != null && !STOPPING.containsKey(earlyStopping)) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "early_stopping must be true, false or \"never\", it is " + earlyStopping);
    }
  }

  /** Returns when a beam search ends, if the checkpoint says so. */
  public Optional<EarlyStopping> stopping() {
    return Optional.ofNullable(earlyStopping).map(STOPPING::get);
  }

  /**
   * Reads the settings; older checkpoints keep them in {@code config.json}.
   *
   * @throws VlmException {@code CONFIG_INVALID} naming the field, {@code ARCHITECTURE_UNSUPPORTED}
   *     for a setting that would change the result and is not supported
   */
  public static GenerationConfig read(CheckpointFolder folder, GenerationSource source) {
    ObjectNode tree = tree(folder, source);
    NEUTRAL.forEach((field, neutral) -> refuseUnlessNeutral(tree, field, neutral));
    return JsonFiles.map(tree, FILE, GenerationConfig.class);
  }

  private static ObjectNode tree(CheckpointFolder folder, GenerationSource source) {
    if (source == GenerationSource.TEXT_CONFIG) {
      return folder.config().path(TEXT) instanceof ObjectNode text ? text : JsonFiles.emptyObject();
    }
    return folder.json(FILE).orElseGet(() -> fromModelConfig(folder.config()));
  }

  private static ObjectNode fromModelConfig(ObjectNode config) {
    ObjectNode merged = JsonFiles.emptyObject();
    for (String part : DECODER_PARTS) {
      if (merged.isEmpty() && config.path(part) instanceof ObjectNode decoder) {
        setAllButNull(merged, decoder);
      }
    }
    setAllButNull(merged, config);
    return merged;
  }

  private static void setAllButNull(ObjectNode merged, ObjectNode settings) {
    settings
        .properties()
        .forEach(
            field -> {
              if (!field.getValue().isNull()) {
                merged.set(field.getKey(), field.getValue());
              }
            });
  }

  private static void refuseUnlessNeutral(ObjectNode tree, String field, String neutral) {
    JsonNode value = tree.path(field);
    boolean isNeutral =
        value.isMissingNode()
            || value.isNull()
            || (value.isNumber()
                && !neutral.equals("null")
                && value.asDouble() == Double.parseDouble(neutral));
    if (!isNeutral) {
      throw new VlmException(
          ErrorCode.ARCHITECTURE_UNSUPPORTED,
          FILE + ": " + field + " = " + value + " is not supported; only " + neutral + " is");
    }
  }
}
