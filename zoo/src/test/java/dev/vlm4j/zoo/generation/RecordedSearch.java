package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.EarlyStopping;
import dev.vlm4j.api.GenerationOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One line of {@code beams.txt} or {@code greedy.txt}.
 *
 * @param number of the line
 * @param fields its settings and the answer, by name
 */
record RecordedSearch(int number, Map<String, String> fields) {
  private static final Set<String> LISTS =
      Set.of("forced_eos_token_id", "suppress_tokens", "begin_suppress_tokens");
  private static final Set<String> NUMBERS =
      Set.of(
          "repetition_penalty",
          "min_new_tokens",
          "min_length",
          "forced_bos_token_id",
          "renormalize_logits");

  static List<RecordedSearch> all(String file) {
    try (InputStream in = RecordedSearch.class.getResourceAsStream(file)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<String> lines = text.lines().filter(line -> !line.startsWith("#")).toList();
      return IntStream.range(0, lines.size())
          .mapToObj(i -> new RecordedSearch(i, fields(lines.get(i))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> fields(String line) {
    Map<String, String> fields = new HashMap<>();
    for (String field : line.split(" ")) {
      String[] pair = field.split("=", 2);
      fields.put(pair[0], pair[1]);
    }
    return fields;
  }

  private String text(String name) {
    return Objects.requireNonNull(fields.get(name), name);
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  List<Integer> ids(String name) {
    String ids = text(name);
    return ids.isEmpty() ? List.of() : Arrays.stream(ids.split(",")).map(Integer::valueOf).toList();
  }

  MadeUpDecoder decoder() {
    return new MadeUpDecoder(
        number("seed"),
        number("vocabulary"),
        number("levels"),
        number("width"),
        ids("start").stream().mapToInt(Integer::intValue).toArray());
  }

  /** Returns what a caller sets. */
  GenerationOptions options() {
    int beams = number("num_beams");
    GenerationOptions options =
        GenerationOptions.DEFAULT.withNumBeams(beams).withMaxNewTokens(number("max_new_tokens"));
    if (beams > 1) {
      String stopping = text("early_stopping").toUpperCase(Locale.ROOT);
      options =
          options
              .withLengthPenalty(Double.parseDouble(text("length_penalty")))
              .withEarlyStopping(EarlyStopping.valueOf(stopping));
    }
    return fields.containsKey("no_repeat_ngram_size")
        ? options.withNoRepeatNgramSize(number("no_repeat_ngram_size"))
        : options;
  }

  /** Returns the other settings as {@code generation_config.json}. */
  String config() {
    return fields.entrySet().stream()
        .filter(field -> isConfig(field.getKey()))
        .map(field -> "\"" + field.getKey() + "\":" + json(field.getKey(), field.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static boolean isConfig(String name) {
    return LISTS.contains(name) || NUMBERS.contains(name) || name.equals("bad_words_ids");
  }

  private static String json(String name, String value) {
    if (name.equals("bad_words_ids")) {
      return "[[" + value.replace(";", "],[") + "]]";
    }
    return LISTS.contains(name) ? "[" + value + "]" : value;
  }

  @Override
  public String toString() {
    return number + " " + fields;
  }
}
