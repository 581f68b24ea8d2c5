package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.spi.Capability;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.zoo.BackendStatus;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the installed engines. */
@Command(
    name = "backends",
    description = "Lists the engines: versions, capabilities, and why one is not usable here.",
    footer = {
      "",
      "The listing needs no model; --model, --precision and --threads do not change it."
    })
final class BackendsCommand implements Runnable {
  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  BackendsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    common.load();
    List<BackendStatus> backends = context.zoo().backends();
    if (common.isJson()) {
      ObjectNode json = JsonOutput.object();
      json.set(
          "backends", JsonOutput.objects(backends.stream().map(BackendsCommand::json).toList()));
      context.line(json);
    } else {
      print(backends);
    }
  }

  private static ObjectNode json(BackendStatus backend) {
    ObjectNode json = JsonOutput.object();
    json.put("name", backend.name());
    json.put("description", backend.description());
    json.put("usable", backend.usable());
    json.put("version", backend.usable() ? backend.engineVersion() : null);
    json.set("precisions", JsonOutput.texts(precisions(backend.precisions())));
    json.set("capabilities", JsonOutput.texts(capabilities(backend.capabilities())));
    json.put("reason", backend.usable() ? null : backend.reason());
    return json;
  }

  private void print(List<BackendStatus> backends) {
    TextTable table = new TextTable("name", "version", "usable", "precisions", "capabilities");
    for (BackendStatus backend : backends) {
      table.row(
          backend.name(),
          backend.engineVersion(),
          backend.usable() ? "yes" : "no",
          String.join(" ", precisions(backend.precisions())),
          String.join(" ", capabilities(backend.capabilities())));
    }
    table.lines().forEach(context::line);
    backends.stream()
        .filter(backend -> !backend.usable())
        .forEach(backend -> context.line(backend.name() + " is not usable: " + backend.reason()));
  }

  private static List<String> precisions(Collection<Precision> precisions) {
    return precisions.stream().sorted().map(Precision::label).toList();
  }

  private static List<String> capabilities(Collection<Capability> capabilities) {
    return capabilities.stream()
        .sorted()
        .map(capability -> capability.name().toLowerCase(Locale.ROOT))
        .toList();
  }
}
