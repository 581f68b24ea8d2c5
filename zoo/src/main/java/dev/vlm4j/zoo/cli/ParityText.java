package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.ModelInfo;
import dev.vlm4j.zoo.parity.EngineParity;
import dev.vlm4j.zoo.parity.OtherToken;
import dev.vlm4j.zoo.parity.ParityReport;
import dev.vlm4j.zoo.parity.ParityStage;
import dev.vlm4j.zoo.parity.ParityTrace;
import dev.vlm4j.zoo.parity.StageParity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;

/**
 * A comparison of engines for people: three lines per engine.
 *
 * @param report what was measured
 * @param traced whether the user asked where the engines leave the base
 */
record ParityText(ParityReport report, boolean traced) {
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "base: %s; %d prompt tokens, %d new tokens"
            .formatted(
                name(report.base()),
                report.answer().usage().promptTokens(),
                report.answer().tokenIds().size()));
    lines.addAll(table().lines());
    if (traced) {
      report.engines().forEach(engine -> lines.add(engine.backend() + ": " + trace(engine)));
    }
    return lines;
  }

  private static String name(List<ModelInfo.Stage> stages) {
    return "%s %s in %s"
        .formatted(
            stages.get(0).backend(),
            stages.get(0).engineVersion(),
            ModelStages.perStage(stages, ModelInfo.Stage::precision));
  }

  private TextTable table() {
    List<String> titles = new ArrayList<>(List.of("engine", "largest difference"));
    stages().forEach(stage -> titles.add(stage.label()));
    titles.addAll(List.of("first other token", "verdict"));
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (EngineParity engine : report.engines()) {
      List<String> ends = List.of(token(engine), engine.isWithin() ? "within" : "beyond");
      table.row(
          row(List.of(name(engine.engine()), "all stages"), engine, StageParity::difference, ends));
      table.row(row(List.of("", "stage alone"), engine, StageParity::alone, List.of("", "")));
      String tokens = engine.tokensMatter() ? "none allowed" : "any allowed";
      table.row(row(List.of("", "limit"), engine, StageParity::limit, List.of(tokens, "")));
    }
    return table;
  }

  /** All engines go through the same stages. */
  private List<ParityStage> stages() {
    return report.engines().stream()
        .flatMap(engine -> engine.stages().stream())
        .map(StageParity::stage)
        .distinct()
        .toList();
  }

  private static String[] row(
      List<String> starts,
      EngineParity engine,
      ToDoubleFunction<StageParity> number,
      List<String> ends) {
    List<String> cells = new ArrayList<>(starts);
    engine.stages().forEach(stage -> cells.add(number(number.applyAsDouble(stage))));
    cells.addAll(ends);
    return cells.toArray(String[]::new);
  }

  private static String number(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
  }

  private static String token(EngineParity engine) {
    return engine.otherToken().map(ParityText::token).orElse("none");
  }

  private static String token(OtherToken token) {
    return "%d: %s, not %s".formatted(token.index(), id(token.actual()), id(token.expected()));
  }

  private static String id(OptionalInt id) {
    return id.isPresent() ? Integer.toString(id.getAsInt()) : "the end";
  }

  private static String trace(EngineParity engine) {
    return engine
        .trace()
        .map(ParityText::trace)
        .orElse("no graph is beyond its limit: nothing to trace");
  }

  private static String trace(ParityTrace trace) {
    String where = "%s, run %d".formatted(trace.stage(), trace.run());
    return trace
        .place()
        .map(place -> "leaves the base in " + where + ", at " + text(place))
        .orElse(
            "beyond its limit in "
                + where
                + ", but no place in it is when they are shown one by one: differences add up"
                + " from stage to stage, or the engine fuses operators less when it shows results");
  }

  private static String text(ParityTrace.Place place) {
    return "%s: the result of %s differs by %s, limit %s"
        .formatted(
            place.scope().isEmpty() ? "the root" : place.scope(),
            place.operator(),
            number(place.difference()),
            number(place.limit()));
  }
}
