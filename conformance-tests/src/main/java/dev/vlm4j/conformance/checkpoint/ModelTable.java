package dev.vlm4j.conformance.checkpoint;

import dev.vlm4j.spi.Architecture;
import dev.vlm4j.zoo.catalog.KnownCheckpoint;
import dev.vlm4j.zoo.catalog.KnownCheckpoint.Conformance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The page of known checkpoints, and the states of their families as the support matrix shows them.
 */
final class ModelTable {
  private static final String HEAD =
      """
      # Models

      Checkpoints that people know. The alias may be given wherever a model is named: `./vlm4j run --model qwen2.5-vl-3b ...`, `Vlm4j.load("qwen2.5-vl-3b")`.
      `./vlm4j models` prints the same table, `./vlm4j plan ALIAS` says what a checkpoint needs.

      This page is written from [checkpoints.txt](../zoo/src/main/resources/dev/vlm4j/zoo/catalog/checkpoints.txt), whose head says how to add a line, and from the
      support matrix in the [README](../README.md). Columns of engines count the recorded cases of the checkpoint's family that pass, with tiny weights; the
      checkpoints themselves have not been run here. "not yet" is a model that cannot run. Where
      licence, size or gate is unknown here, `plan` asks the Hub.

      """;

  private static final String UNKNOWN = "unknown";
  private static final double BILLION = 1e9;

  private ModelTable() {}

  /** Returns for each family and backend what the matrix counts; rows begin with their family. */
  static Map<String, Map<String, Conformance>> states(String matrix, Collection<String> families) {
    List<List<String>> rows = matrix.lines().map(ModelTable::cells).toList();
    List<String> backends = rows.get(0);
    Map<String, Map<String, Conformance>> states = new TreeMap<>();
    for (List<String> row : rows.subList(2, rows.size())) {
      String family = row.get(0).replaceFirst(":.*", "");
      if (families.contains(family)) {
        for (int i = 1; i < row.size(); i++) {
          states
              .computeIfAbsent(family, f -> new TreeMap<>())
              .merge(backends.get(i), state(row.get(i)), ModelTable::sum);
        }
      }
    }
    return states;
  }

  private static Conformance sum(Conformance a, Conformance b) {
    return new Conformance(a.passed() + b.passed(), a.cases() + b.cases());
  }

  private static Conformance state(String cell) {
    String[] counts = cell.replace("*", "").split("/");
    return counts.length == 2
        ? new Conformance(Integer.parseInt(counts[0]), Integer.parseInt(counts[1]))
        : new Conformance(0, 0);
  }

  private static List<String> cells(String line) {
    String[] cells = line.split("\\|", -1);
    List<String> list = new ArrayList<>();
    for (int i = 1; i < cells.length - 1; i++) {
      list.add(cells[i].strip());
    }
    return list;
  }

  /** Returns the file of states that the zoo reads. */
  static String file(Map<String, Map<String, Conformance>> states) {
    StringBuilder text =
        new StringBuilder(
            "# Written by the conformance suite from the support matrix of README.md; see"
                + " ModelTableTest.\n# family | backend | cases that pass | all cases\n");
    states.forEach(
        (family, backends) ->
            backends.forEach(
                (backend, state) ->
                    text.append(
                        "%s | %s | %d | %d\n"
                            .formatted(family, backend, state.passed(), state.cases()))));
    return text.toString();
  }

  /** Returns the page. */
  static String page(
      List<KnownCheckpoint> checkpoints,
      List<Architecture> architectures,
      Map<String, Map<String, Conformance>> states) {
    TreeSet<String> backends = new TreeSet<>();
    states.values().forEach(state -> backends.addAll(state.keySet()));
    StringBuilder page = new StringBuilder(HEAD);
    page.append("| alias | checkpoint | family | parameters | licence | gated | good at | ");
    page.append(String.join(" | ", backends)).append(" |\n|");
    page.append(" --- |".repeat(7 + backends.size())).append("\n");
    for (KnownCheckpoint checkpoint : checkpoints) {
      page.append("| `").append(checkpoint.alias()).append("` | ");
      page.append(String.join(" | ", facts(checkpoint)));
      for (String backend : backends) {
        Conformance state = states.getOrDefault(checkpoint.family(), Map.of()).get(backend);
        String cell = state == null ? "-" : state.toString();
        page.append(" | ").append(runs(checkpoint, architectures) ? cell : "not yet");
      }
      page.append(" |\n");
    }
    return page.toString();
  }

  private static List<String> facts(KnownCheckpoint checkpoint) {
    return List.of(
        checkpoint.id(),
        checkpoint.family(),
        checkpoint.parameters().isEmpty()
            ? UNKNOWN
            : String.format(Locale.ROOT, "%.2f B", checkpoint.parameters().getAsLong() / BILLION),
        checkpoint.license().orElse(UNKNOWN),
        checkpoint.gated().map(gated -> gated ? "yes" : "no").orElse(UNKNOWN),
        checkpoint.goodAt());
  }

  private static boolean runs(KnownCheckpoint checkpoint, List<Architecture> architectures) {
    return architectures.stream()
        .anyMatch(a -> a.hasGraphs() && a.modelTypes().contains(checkpoint.modelType()));
  }
}
