package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.doctor.Finding;
import dev.vlm4j.zoo.doctor.Health;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says whether this machine is fit to run models. */
@Command(
    name = "doctor",
    description =
        "Looks at Java, processor, memory, disk, engines, cache and Hub; says what to do.",
    footer = {
      "",
      "Every engine is loaded in a process of its own and adds two numbers. The Hub gets one request,",
      "none with --offline.",
      "The exit code is 1 if something does not work; warnings do not count.",
      "--model, --backend, --precision and --threads change nothing."
    })
final class DoctorCommand implements Runnable {
  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  DoctorCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    List<Finding> findings = context.zoo().doctor(common.load());
    if (common.isJson()) {
      context.line(json(findings));
    } else {
      print(findings);
    }
    fail(findings);
  }

  private static ObjectNode json(List<Finding> findings) {
    ObjectNode json = JsonOutput.object();
    json.put("healthy", problems(findings).isEmpty());
    json.set("findings", JsonOutput.objects(findings.stream().map(DoctorCommand::json).toList()));
    return json;
  }

  private static ObjectNode json(Finding finding) {
    return JsonOutput.object()
        .put("name", finding.name())
        .put("health", finding.health().label())
        .put("found", finding.found())
        .put("advice", finding.advice().isEmpty() ? null : finding.advice());
  }

  private void print(List<Finding> findings) {
    TextTable table = new TextTable("", "", "");
    findings.forEach(f -> table.row(f.health().label(), f.name(), oneLine(f.found())));
    List<String> lines = table.lines();
    for (int i = 0; i < findings.size(); i++) {
      context.line(lines.get(i + 1));
      findings.get(i).advice().lines().forEach(line -> context.line("         -> " + line.strip()));
    }
  }

  private static String oneLine(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining(" "));
  }

  private static List<String> problems(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.health() == Health.PROBLEM)
        .map(Finding::name)
        .toList();
  }

  private static void fail(List<Finding> findings) {
    List<String> problems = problems(findings);
    if (!problems.isEmpty()) {
      throw new VlmException(
          ErrorCode.MACHINE_UNFIT,
          "not everything works here: " + String.join(", ", problems) + "; see the advice");
    }
  }
}
