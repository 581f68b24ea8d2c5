package dev.vlm4j.zoo.cli;

import dev.vlm4j.zoo.ModelPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A plan for people. */
final class PlanText {
  private static final double MILLION = 1e6;

  private PlanText() {}

  static List<String> lines(ModelPlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(row("model", plan.model() + plan.commit().map(c -> ", commit " + c).orElse("")));
    lines.add(
        row(
            "architecture",
            plan.architecture().orElse("none") + " (model_type " + plan.modelType() + ")"));
    if (!plan.problem().isEmpty()) {
      lines.add(row("problem", plan.problem()));
    }
    lines.add(
        row(
            "licence",
            plan.license().orElse("unknown") + plan.gated().map(PlanText::gated).orElse("")));
    plan.ignored().forEach(note -> lines.add(row("ignored", note)));
    lines.add(
        row(
            "files",
            plan.files().size()
                + ", to fetch "
                + ByteCount.text(plan.bytesToFetch())
                + ", here "
                + ByteCount.text(plan.bytesCached())
                + ", disk free "
                + ByteCount.text(plan.diskFree())));
    lines.add(row("parameters", parameters(plan)));
    lines.add(row("context", plan.plannedContext() + " of " + plan.contextLength() + " positions"));
    plan.imageTokens().ifPresent(tokens -> lines.add(row("picture", tokens + " tokens")));
    lines.add("");
    addMemory(plan, lines);
    lines.add("");
    addBackends(plan, lines);
    command(plan).ifPresent(command -> lines.add("\nnext: " + command));
    return lines;
  }

  private static String row(String name, String value) {
    return String.format(Locale.ROOT, "%-13s %s", name, value);
  }

  private static String gated(boolean gated) {
    return gated ? ", gated: its terms must be accepted" : ", not gated";
  }

  private static String parameters(ModelPlan plan) {
    return new TreeMap<>(plan.parameters())
        .entrySet().stream()
            .map(
                type ->
                    String.format(
                        Locale.ROOT, "%.1f million %s", type.getValue() / MILLION, type.getKey()))
            .collect(Collectors.joining(", "));
  }

  private static void addMemory(ModelPlan plan, List<String> lines) {
    TextTable table =
        new TextTable(
            "engine", "precision", "memory", "weights", "cache", "results", "program", "fits");
    for (ModelPlan.Memory memory : plan.memory()) {
      table.row(
          memory.backend().isEmpty() ? "none here" : memory.backend(),
          memory.precision(),
          ByteCount.text(memory.total()),
          ByteCount.text(memory.weights()),
          ByteCount.text(memory.cache()),
          ByteCount.text(memory.activations()),
          ByteCount.text(memory.program()),
          memory.total() <= plan.memoryAvailable() ? "yes" : "no");
    }
    lines.addAll(table.lines());
    lines.add(ByteCount.text(plan.memoryAvailable()) + " of memory are available here");
  }

  private static void addBackends(ModelPlan plan, List<String> lines) {
    TextTable table = new TextTable("engine", "can run it here in", "why not");
    for (ModelPlan.Fit fit : plan.backends()) {
      table.row(fit.backend(), String.join(" ", fit.precisions()), firstLine(fit.reason()));
    }
    lines.addAll(table.lines());
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  /** Returns a command to try next: the default engine if it can, else the first that can. */
  static Optional<String> command(ModelPlan plan) {
    return plan.backends().stream()
        .filter(fit -> fit.reason().isEmpty())
        .min(
            java.util.Comparator.comparing(
                fit -> !fit.backend().equals(dev.vlm4j.zoo.LoadOptions.DEFAULT_BACKEND)))
        .map(
            fit ->
                "vlm4j run --model "
                    + ShellWord.quoted(plan.model())
                    + " --backend "
                    + fit.backend()
                    + (fit.precisions().contains("fp32")
                        ? ""
                        : " --precision " + fit.precisions().get(0))
                    + " --image FILE --prompt TEXT");
  }
}
