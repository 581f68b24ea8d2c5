package dev.vlm4j.zoo.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program without a command. */
@Command(
    name = "vlm4j",
    description = "Asks vision-language models about pictures, from original checkpoints.",
    footer = {
      "",
      "Start with: vlm4j demo",
      "Results go to standard output, everything else to standard error.",
      "Exit codes: 0 success, 2 wrong usage, 1 any other failure."
    })
final class RootCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec == null) {
      throw new IllegalStateException("the command was not set up");
    }
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing; there are: "
            + String.join(", ", spec.commandLine().getSubcommands().keySet()));
  }
}
