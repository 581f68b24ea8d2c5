package dev.vlm4j.zoo.cli;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.Console;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of the commands that delete: they ask first, unless told not to. */
final class RemovalOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask")
  private boolean yes;

  @Option(names = "--dry-run", description = "only say what would be removed")
  private boolean dryRun;

  /**
   * Returns whether to delete.
   *
   * @param what what would go, shown before the question
   * @throws ParameterException if nobody can be asked
   */
  boolean isAgreed(CommandContext context, boolean isJson, List<String> what, String question) {
    if (dryRun || yes) {
      return !dryRun;
    }
    Console console = System.console();
    if (console == null || isJson) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "nobody can be asked here: give --yes to remove, or --dry-run to see what would be");
    }
    what.forEach(context::note);
    return answer(context, console, question)
        .filter(answer -> answer.strip().toLowerCase(Locale.ROOT).startsWith("y"))
        .isPresent();
  }

  private static Optional<String> answer(CommandContext context, Console console, String question) {
    try {
      return context.await(() -> Optional.ofNullable(console.readLine("%s [y/N] ", question)));
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "the terminal cannot be read: " + IoReason.of(e) + "; give --yes to remove",
          e);
    }
  }

  /** Returns how a line about the outcome begins. */
  String outcome(boolean removed) {
    return removed ? "removed " : dryRun ? "would remove " : "kept ";
  }
}
