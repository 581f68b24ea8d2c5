package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.zoo.catalog.KnownCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Known checkpoints for people and programs. */
record CheckpointListing(List<KnownCheckpoint> checkpoints, List<Architecture> architectures) {
  private static final String UNKNOWN = "unknown";
  private static final double MILLION = 1e6;
  private static final double THOUSAND = 1000;

  private boolean runs(KnownCheckpoint checkpoint) {
    return architectures.stream()
        .anyMatch(a -> a.hasGraphs() && a.modelTypes().contains(checkpoint.modelType()));
  }

  List<ObjectNode> json() {
    return checkpoints.stream().map(this::json).toList();
  }

  private ObjectNode json(KnownCheckpoint checkpoint) {
    ObjectNode json = JsonOutput.object();
    json.put("alias", checkpoint.alias());
    json.put("id", checkpoint.id());
    json.put("family", checkpoint.family());
    json.put("model_type", checkpoint.modelType());
    OptionalLong parameters = checkpoint.parameters();
    json.put("parameters", parameters.isEmpty() ? null : Long.valueOf(parameters.getAsLong()));
    json.put("license", checkpoint.license().orElse(null));
    json.put("gated", checkpoint.gated().orElse(null));
    json.put("good_at", checkpoint.goodAt());
    json.put("runs", runs(checkpoint));
    ObjectNode conformance = JsonOutput.object();
    new TreeMap<>(checkpoint.conformance())
        .forEach(
            (backend, state) ->
                conformance.set(
                    backend,
                    JsonOutput.object().put("passed", state.passed()).put("cases", state.cases())));
    json.set("conformance", conformance);
    return json;
  }

  List<String> lines() {
    List<String> backends =
        checkpoints.stream()
            .flatMap(checkpoint -> checkpoint.conformance().keySet().stream())
            .distinct()
            .sorted()
            .toList();
    List<String> titles =
        new ArrayList<>(
            List.of("alias", "checkpoint", "family", "size", "licence", "gated", "good at"));
    titles.addAll(backends);
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (KnownCheckpoint checkpoint : checkpoints) {
      table.row(cells(checkpoint, backends).toArray(String[]::new));
    }
    return table.lines();
  }

  private List<String> cells(KnownCheckpoint checkpoint, List<String> backends) {
    List<String> cells = new ArrayList<>();
    cells.add(checkpoint.alias());
    cells.add(checkpoint.id());
    cells.add(checkpoint.family());
    cells.add(size(checkpoint.parameters()));
    cells.add(checkpoint.license().orElse(UNKNOWN));
    cells.add(checkpoint.gated().map(gated -> gated ? "yes" : "no").orElse(UNKNOWN));
    cells.add(checkpoint.goodAt());
    backends.forEach(backend -> cells.add(state(checkpoint, backend)));
    return cells;
  }

  private String state(KnownCheckpoint checkpoint, String backend) {
    if (!runs(checkpoint)) {
      return "not yet";
    }
    KnownCheckpoint.Conformance state = checkpoint.conformance().get(backend);
    return state == null ? "-" : state.toString();
  }

  static String size(OptionalLong parameters) {
    if (parameters.isEmpty()) {
      return UNKNOWN;
    }
    double millions = parameters.getAsLong() / MILLION;
    return millions < THOUSAND
        ? String.format(Locale.ROOT, "%.0fM", millions)
        : String.format(Locale.ROOT, "%.1fB", millions / THOUSAND);
  }
}
