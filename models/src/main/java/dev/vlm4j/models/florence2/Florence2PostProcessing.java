package dev.vlm4j.models.florence2;

import static dev.vlm4j.models.towers.ConfigValues.orElse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The processor's settings for reading answers.
 *
 * @param postProcessorConfig settings by name of the kind of answer; null in the original layout,
 *     whose own processor has them built in
 */
record Florence2PostProcessing(@Nullable Map<String, Map<String, Object>> postProcessorConfig) {
  private static final String BANNED = "banned_grounding_tokens";

  /** The reference reads these; checkpoints write them in lower case, which it does not see. */
  private static final List<String> REFUSED = List.of("PATTERN", "AREA_THRESHOLD");

  private static final Set<String> PRONOUNS =
      Set.of(
          "I",
          "me",
          "mine",
          "myself",
          "you",
          "your",
          "yours",
          "yourself",
          "yourselves",
          "he",
          "him",
          "his",
          "himself",
          "she",
          "her",
          "hers",
          "herself",
          "it",
          "its",
          "itself",
          "we",
          "us",
          "our",
          "ours",
          "ourselves",
          "they",
          "them",
          "their",
          "theirs",
          "themselves",
          "one",
          "oneself",
          "each other",
          "one another",
          "who",
          "whom",
          "whose",
          "which",
          "what",
          "this",
          "that",
          "these",
          "those");

  private static final Set<String> INDEFINITE =
      Set.of(
          "all",
          "another",
          "any",
          "anybody",
          "anyone",
          "anything",
          "each",
          "everybody",
          "everyone",
          "everything",
          "few",
          "many",
          "nobody",
          "none",
          "several",
          "some",
          "somebody",
          "someone",
          "something",
          "lots",
          "a",
          "an",
          "the",
          "a group",
          "a set",
          "other objects",
          "image",
          "images",
          "the image");

  /** Returns phrases that name nothing in a picture. */
  Set<String> bannedPhrases() {
    if (postProcessorConfig == null) {
      Set<String> all = new TreeSet<>(PRONOUNS);
      all.addAll(INDEFINITE);
      return all;
    }
    Object listed = settings(Florence2AnswerKind.PHRASE_GROUNDING).get(BANNED);
    return listed instanceof List<?> phrases
        ? phrases.stream().map(String::valueOf).collect(TreeSet::new, Set::add, Set::addAll)
        : Set.of();
  }

  /** Returns why answers of a kind cannot be read with these settings. */
  Optional<String> problem(Florence2AnswerKind kind) {
    if (postProcessorConfig == null) {
      return Optional.empty();
    }
    if (!postProcessorConfig.containsKey(kind.referenceName())) {
      return Optional.of(
          "post_processor_config of the checkpoint does not list " + kind.referenceName());
    }
    return REFUSED.stream()
        .filter(settings(kind)::containsKey)
        .map(name -> "post_processor_config sets " + name + ", which is not supported")
        .findFirst();
  }

  private Map<String, Object> settings(Florence2AnswerKind kind) {
    return orElse(
        orElse(postProcessorConfig, Map.<String, Map<String, Object>>of())
            .get(kind.referenceName()),
        Map.of());
  }
}
