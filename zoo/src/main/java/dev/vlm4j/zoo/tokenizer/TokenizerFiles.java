package dev.vlm4j.zoo.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import dev.vlm4j.zoo.checkpoint.JsonFiles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tokenizer's files of a checkpoint, edited in memory for the uses that vlm4j makes of them.
 */
final class TokenizerFiles {
  private static final String TOKENIZER = "tokenizer.json";
  private static final String CONFIG = "tokenizer_config.json";
  private static final String ADDED = "added_tokens";
  private static final String STEPS = "pre_tokenizer";
  private static final String MODEL = "model";
  private static final String VOCAB = "vocab";
  private static final int BYTES = 256;
  private static final Pattern BYTE = Pattern.compile("<0x[0-9A-F]{2}>");
  private static final List<String> NAMED =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "pad_token",
          "sep_token",
          "cls_token",
          "mask_token");

  private final ObjectNode tokenizer;
  private final ObjectNode config;

  /**
   * Reads {@code tokenizer.json}, which must exist, and {@code tokenizer_config.json} if there.
   *
   * @param modelTokens special tokens that are added if the file lacks them, in this order
   */
  TokenizerFiles(CheckpointFolder folder, List<String> modelTokens) {
    this.tokenizer =
        JsonFiles.object(folder.require(TOKENIZER, "text cannot be tokenized without it"));
    this.config = folder.json(CONFIG).orElseGet(JsonFiles::emptyObject);
    tokenizer.putNull("truncation");
    tokenizer.putNull("padding");
    add(modelTokens);
  }

  private void add(List<String> modelTokens) {
    Set<String> known = new HashSet<>();
    int next = tokenizer.path(MODEL).path(VOCAB).size();
    for (AddedToken token : addedTokens()) {
      known.add(token.content());
      next = Math.max(next, token.id() + 1);
    }
    for (String token : modelTokens) {
      if (!known.contains(token)) {
        tokenizer
            .withArray(ADDED)
            .addObject()
            .put("id", next++)
            .put("content", token)
            .put("special", true);
      }
    }
  }

  /** Returns the tokens that are recognised as a whole. */
  List<AddedToken> addedTokens() {
    List<AddedToken> tokens = new ArrayList<>();
    for (JsonNode token : tokenizer.path(ADDED)) {
      tokens.add(JsonFiles.map(token, TOKENIZER, AddedToken.Stored.class).resolve());
    }
    return tokens;
  }

  /** Returns named special tokens, for example {@code bos_token}, as templates see them. */
  Map<String, String> namedTokens() {
    Map<String, String> named = new TreeMap<>();
    for (String name : NAMED) {
      text(config.path(name)).ifPresent(token -> named.put(name, token));
    }
    for (String map : List.of("extra_special_tokens", "model_specific_special_tokens")) {
      config
          .path(map)
          .properties()
          .forEach(e -> text(e.getValue()).ifPresent(token -> named.put(e.getKey(), token)));
    }
    return named;
  }

  private static Optional<String> text(JsonNode token) {
    JsonNode content = token.isObject() ? token.path("content") : token;
    return content.isTextual() ? Optional.of(content.asText()) : Optional.empty();
  }

  /**
   * Returns the ids of single bytes, if bytes become characters only when their whole run is known:
   * the decoder {@code ByteFallback} judges runs, not bytes.
   */
  Set<Integer> byteTokens() {
    Set<Integer> ids = new HashSet<>();
    if (tokenizer.path("decoder").findValuesAsText("type").contains("ByteFallback")) {
      JsonNode vocab = tokenizer.path(MODEL).path(VOCAB);
      for (int value = 0; value < BYTES; value++) {
        JsonNode id = vocab.path(String.format(Locale.ROOT, "<0x%02X>", value));
        if (id.isInt()) {
          ids.add(id.asInt());
        }
      }
      for (int i = 0; vocab.isArray() && i < vocab.size(); i++) {
        if (BYTE.matcher(vocab.path(i).path(0).asText()).matches()) {
          ids.add(i);
        }
      }
    }
    return ids;
  }

  /** Returns the ids that belong around every text. */
  TextFrame frame() {
    try {
      return TextFrame.of(tokenizer.path("post_processor"));
    } catch (IllegalArgumentException e) {
      throw new VlmException(
          ErrorCode.TOKENIZER_INVALID,
          TOKENIZER
              + ": "
              + e.getMessage()
              + " is not supported; use a checkpoint with another tokenizer",
          e);
    }
  }

  /** Returns the tokenizer without its special tokens: nothing in a text is one. */
  byte[] withoutSpecialTokens() {
    return JsonFiles.bytes(withoutSpecialTokens(tokenizer.path(STEPS)));
  }

  /**
   * Returns the tokenizer without special tokens for text that is not at the start of a prompt, if
   * that differs: some tokenizers put a space in front of the first piece only.
   */
  Optional<byte[]> forLaterText() {
    JsonNode steps = tokenizer.path(STEPS).deepCopy();
    boolean changed = false;
    for (JsonNode step : steps.findParents("prepend_scheme")) {
      if (step.path("prepend_scheme").asText().equals("first")) {
        ((ObjectNode) step).put("prepend_scheme", "never");
        changed = true;
      }
    }
    return changed ? Optional.of(JsonFiles.bytes(withoutSpecialTokens(steps))) : Optional.empty();
  }

  /** The copy shares the vocabulary, which is most of the file, unless it holds special tokens. */
  private ObjectNode withoutSpecialTokens(JsonNode steps) {
    ObjectNode copy = JsonFiles.emptyObject().setAll(tokenizer);
    ArrayNode kept = copy.arrayNode();
    for (JsonNode token : tokenizer.path(ADDED)) {
      if (!token.path("special").asBoolean()) {
        kept.add(token);
      }
    }
    copy.set(ADDED, kept);
    copy.set(STEPS, steps.isMissingNode() ? copy.nullNode() : steps);
    copy.putNull("post_processor");
    copy.set(MODEL, withoutSpecialPieces(tokenizer.path(MODEL)));
    return copy;
  }

  /**
   * A Unigram vocabulary lists special tokens among its pieces, and any text that spells one would
   * become it. An empty piece keeps its id and its score and matches nothing. Other models build
   * words from merges, which make no special token.
   */
  private JsonNode withoutSpecialPieces(JsonNode model) {
    if (!model.path(VOCAB).isArray()) {
      return model;
    }
    Set<String> special =
        addedTokens().stream()
            .filter(AddedToken::special)
            .map(AddedToken::content)
            .collect(Collectors.toSet());
    ObjectNode changed = JsonFiles.emptyObject().setAll((ObjectNode) model);
    ArrayNode pieces = changed.arrayNode();
    for (JsonNode piece : model.path(VOCAB)) {
      boolean kept = !special.contains(piece.path(0).asText());
      pieces.add(kept ? piece : changed.arrayNode().add("").add(piece.path(1)));
    }
    return changed.set(VOCAB, pieces);
  }
}
