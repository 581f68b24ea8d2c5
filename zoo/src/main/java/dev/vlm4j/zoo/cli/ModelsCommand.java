package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.spi.Architecture;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the installed architectures and the checkpoints that people know. */
@Command(
    name = "models",
    description =
        "Lists architectures, model_type values, and known checkpoints with their aliases.",
    footer = {
      "",
      "An alias may be given wherever a model is named. Columns with names of engines say how many",
      "recorded cases of the family pass; 'not yet' is a model that cannot run. What is unknown here,",
      "'plan' asks the Hub for.",
      "--model, --backend, --precision and --threads do not change the listing."
    })
final class ModelsCommand implements Runnable {
  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  ModelsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    common.load();
    List<Architecture> architectures = context.zoo().architectures();
    CheckpointListing checkpoints =
        new CheckpointListing(context.zoo().checkpoints(), architectures);
    if (common.isJson()) {
      ObjectNode json = JsonOutput.object();
      json.set(
          "architectures",
          JsonOutput.objects(architectures.stream().map(ModelsCommand::json).toList()));
      json.set("checkpoints", JsonOutput.objects(checkpoints.json()));
      context.line(json);
    } else {
      print(architectures);
      context.line("");
      checkpoints.lines().forEach(context::line);
    }
  }

  private static ObjectNode json(Architecture architecture) {
    ObjectNode json = JsonOutput.object();
    json.put("name", architecture.name());
    json.set("model_types", JsonOutput.texts(architecture.modelTypes()));
    json.put("runs", architecture.hasGraphs());
    json.set("checkpoints", JsonOutput.texts(architecture.testedCheckpoints()));
    return json;
  }

  private void print(List<Architecture> architectures) {
    TextTable table = new TextTable("architecture", "model_type", "commands", "tested checkpoints");
    for (Architecture architecture : architectures) {
      table.row(
          architecture.name(),
          String.join(" ", architecture.modelTypes()),
          architecture.hasGraphs() ? "all" : "inputs",
          String.join(" ", architecture.testedCheckpoints()));
    }
    table.lines().forEach(context::line);
  }
}
