package dev.vlm4j.conformance.checkpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which checkpoints run on which backends, counted from cases that were really executed, and its
 * place in a Markdown document. For one thread.
 */
public final class SupportMatrix {
  /** Line in front of the table. */
  public static final String START = "<!-- support-matrix:start -->";

  /** Line after the table. */
  public static final String END = "<!-- support-matrix:end -->";

  private static final Pattern BLOCK =
      Pattern.compile(Pattern.quote(START) + "\\R(.*?)" + Pattern.quote(END), Pattern.DOTALL);

  private record Cell(int started, int passed) {
    @Override
    public String toString() {
      return started == passed
          ? "%d/%d".formatted(passed, started)
          : "**%d/%d**".formatted(passed, started);
    }
  }

  private final Map<String, Map<String, Cell>> rows = new TreeMap<>();

  /** Makes an empty matrix. */
  public SupportMatrix() {}

  void started(String checkpoint, String backend) {
    add(checkpoint, backend, new Cell(1, 0));
  }

  void passed(String checkpoint, String backend) {
    add(checkpoint, backend, new Cell(0, 1));
  }

  private void add(String checkpoint, String backend, Cell more) {
    rows.computeIfAbsent(checkpoint, row -> new TreeMap<>())
        .merge(
            backend, more, (a, b) -> new Cell(a.started() + b.started(), a.passed() + b.passed()));
  }

  /** Returns the table, one row per checkpoint, one column per backend: passed cases of all. */
  public String markdown() {
    TreeSet<String> backends = backends();
    List<String> lines = new ArrayList<>();
    lines.add(line("Checkpoint", List.copyOf(backends)));
    lines.add(line("---", backends.stream().map(backend -> "---").toList()));
    rows.forEach(
        (checkpoint, cells) ->
            lines.add(
                line(
                    checkpoint,
                    backends.stream()
                        .map(backend -> cells.getOrDefault(backend, new Cell(0, 0)))
                        .map(cell -> cell.started() == 0 ? "not run" : cell.toString())
                        .toList())));
    return String.join("\n", lines) + "\n";
  }

  private static String line(String first, List<String> others) {
    return "| " + first + " | " + String.join(" | ", others) + " |";
  }

  /**
   * Returns the table that a document holds between {@link #START} and {@link #END}.
   *
   * @throws IllegalArgumentException if the document has no such lines
   */
  public static String blockOf(String document) {
    Matcher block = block(document);
    return block.group(1).replace("\r\n", "\n");
  }

  /** Returns a table with the columns only that this matrix has. */
  public String columnsOf(String table) {
    List<String> lines = table.lines().toList();
    List<String> names = lines.isEmpty() ? List.of() : cells(lines.get(0));
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (i == 0 || backends().contains(names.get(i))) {
        kept.add(i);
      }
    }
    StringBuilder cut = new StringBuilder();
    for (String line : lines) {
      List<String> cells = cells(line);
      List<String> some = kept.stream().filter(i -> i < cells.size()).map(cells::get).toList();
      cut.append("| ").append(String.join(" | ", some)).append(" |\n");
    }
    return cut.toString();
  }

  private static List<String> cells(String line) {
    String[] words = line.split("\\|", -1);
    return Arrays.stream(words)
        .skip(1)
        .limit(Math.max(0, words.length - 2))
        .map(String::strip)
        .toList();
  }

  private TreeSet<String> backends() {
    TreeSet<String> backends = new TreeSet<>();
    rows.values().forEach(row -> backends.addAll(row.keySet()));
    return backends;
  }

  /** Returns the document with this table between {@link #START} and {@link #END}. */
  public String replaceIn(String document) {
    Matcher block = block(document);
    return document.substring(0, block.start(1)) + markdown() + document.substring(block.end(1));
  }

  private static Matcher block(String document) {
    Matcher block = BLOCK.matcher(document);
    if (!block.find()) {
      throw new IllegalArgumentException(
          "the document has no lines "
              + START
              + " and "
              + END
              + " for the support matrix; add"
              + " them");
    }
    return block;
  }
}
