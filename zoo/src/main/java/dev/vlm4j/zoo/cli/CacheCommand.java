package dev.vlm4j.zoo.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands for the Hub cache. */
@Command(name = "cache", description = "Lists, checks, removes and prunes models in the Hub cache.")
final class CacheCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  static CommandLine withSubcommands(CommandContext context) {
    return new CommandLine(new CacheCommand())
        .addSubcommand(new CacheListCommand(context))
        .addSubcommand(new CacheVerifyCommand(context))
        .addSubcommand(new CacheRemoveCommand(context))
        .addSubcommand(new CachePruneCommand(context));
  }

  @Override
  public void run() {
    if (spec == null) {
      throw new IllegalStateException("the command was not set up");
    }
    throw new ParameterException(
        spec.commandLine(), "say what to do with the cache: list, verify, rm or prune");
  }
}
