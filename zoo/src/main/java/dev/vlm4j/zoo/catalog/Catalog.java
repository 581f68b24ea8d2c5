package dev.vlm4j.zoo.catalog;

import dev.vlm4j.zoo.catalog.KnownCheckpoint.Conformance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The checkpoints of {@code checkpoints.txt} in the order of that file. Immutable. */
public final class Catalog {
  private static final String UNKNOWN = "?";
  private static final int FIELDS = 8;

  private final Map<String, KnownCheckpoint> byAlias;

  private Catalog(Map<String, KnownCheckpoint> byAlias) {
    this.byAlias = byAlias;
  }

  /** Returns the checkpoints that this version knows. */
  public static Catalog ofVersion() {
    return Holder.CATALOG;
  }

  /** Reads the file once, when somebody asks. */
  private static final class Holder {
    static final Catalog CATALOG =
        parse(resource("checkpoints.txt").toList(), resource("conformance.txt").toList());
  }

  /**
   * Reads both files.
   *
   * @throws IllegalArgumentException naming the line that is malformed
   */
  static Catalog parse(List<String> checkpoints, List<String> conformance) {
    Map<String, Map<String, Conformance>> states = states(conformance);
    Map<String, KnownCheckpoint> byAlias = new LinkedHashMap<>();
    for (String line : checkpoints) {
      if (!line.isBlank() && !line.startsWith("#")) {
        KnownCheckpoint checkpoint = checkpoint(line, states);
        if (byAlias.put(checkpoint.alias(), checkpoint) != null) {
          throw new IllegalArgumentException("two lines have the alias " + checkpoint.alias());
        }
      }
    }
    return new Catalog(byAlias);
  }

  private static KnownCheckpoint checkpoint(
      String line, Map<String, Map<String, Conformance>> states) {
    List<String> fields = fields(line, FIELDS);
    String family = fields.get(3);
    return new KnownCheckpoint(
        fields.get(0),
        fields.get(1),
        fields.get(2),
        family,
        known(fields.get(4))
            .map(n -> OptionalLong.of(number(n, line)))
            .orElse(OptionalLong.empty()),
        known(fields.get(5)),
        known(fields.get(6)).map(text -> isGated(text, line)),
        fields.get(7),
        states.getOrDefault(family, Map.of()));
  }

  private static Optional<String> known(String text) {
    return text.equals(UNKNOWN) ? Optional.empty() : Optional.of(text);
  }

  private static boolean isGated(String text, String line) {
    return switch (text) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new IllegalArgumentException("gated is yes, no or ? in: " + line);
    };
  }

  private static long number(String text, String line) {
    if (!text.matches("[1-9][0-9]{0,14}")) {
      throw new IllegalArgumentException("parameters are a whole number or ? in: " + line);
    }
    return Long.parseLong(text);
  }

  private static int count(String text, String line) {
    if (!text.matches("[0-9]{1,6}")) {
      throw new IllegalArgumentException("cases are whole numbers in: " + line);
    }
    return Integer.parseInt(text);
  }

  private static List<String> fields(String line, int count) {
    List<String> fields = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    if (fields.size() != count || fields.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("there are not " + count + " fields in: " + line);
    }
    return fields;
  }

  private static Map<String, Map<String, Conformance>> states(List<String> lines) {
    Map<String, Map<String, Conformance>> states = new TreeMap<>();
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        List<String> fields = fields(line, 4);
        Conformance state = new Conformance(count(fields.get(2), line), count(fields.get(3), line));
        states.computeIfAbsent(fields.get(0), f -> new TreeMap<>()).put(fields.get(1), state);
      }
    }
    return states;
  }

  private static Stream<String> resource(String name) {
    try (InputStream in = Objects.requireNonNull(Catalog.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns all checkpoints. */
  public List<KnownCheckpoint> all() {
    return List.copyOf(byAlias.values());
  }

  /** Returns the identifier that an alias stands for; a text that is no alias itself. */
  public String identifier(String text) {
    KnownCheckpoint checkpoint = byAlias.get(text);
    return checkpoint == null ? text : checkpoint.id();
  }
}
