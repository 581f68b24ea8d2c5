package dev.vlm4j.zoo.cli;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns failures into a line on standard error and an exit code. */
final class Failures {
  static final String VERBOSE = "--verbose";
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;
  static final int INTERRUPTED = 130;
  static final int TERMINATED = 143;

  private final PrintStream err;
  private final boolean verbose;

  Failures(PrintStream err, boolean verbose) {
    this.err = err;
    this.verbose = verbose;
  }

  /** Reports any failure and returns the exit code. */
  int report(Throwable failure) {
    err.print("vlm4j: " + message(failure) + "\n");
    if (verbose) {
      failure.printStackTrace(err);
    }
    err.flush();
    return exitCode(failure);
  }

  private static int exitCode(Throwable failure) {
    if (failure instanceof InterruptedByUser
        || (failure instanceof VlmException stopped
            && stopped.code() == ErrorCode.DOWNLOAD_CANCELLED)) {
      return INTERRUPTED;
    }
    boolean wrong =
        failure instanceof ParameterException
            || (failure instanceof VlmException typed
                && typed.code() == ErrorCode.INVALID_ARGUMENT);
    return wrong ? WRONG_USAGE : FAILED;
  }

  private String message(Throwable failure) {
    if (failure instanceof ParameterException wrong) {
      return usage(wrong);
    }
    if (failure instanceof VlmException || failure instanceof InterruptedByUser) {
      return String.valueOf(failure.getMessage()).strip();
    }
    if (failure instanceof OutOfMemoryError) {
      return "the Java heap is too small ("
          + failure.getMessage()
          + "): give it more, for example VLM4J_JAVA_OPTS=-Xmx8g";
    }
    String next = verbose ? "" : "; run again with " + VERBOSE + " for the stack";
    return "unexpected failure: " + oneLine(failure.toString()) + next;
  }

  private static String usage(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String help = "; see " + command.getCommandSpec().qualifiedName() + " --help";
    if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
      return oneLine(String.valueOf(wrong.getMessage())) + help;
    }
    List<String> arguments = unmatched.getUnmatched();
    if (arguments.isEmpty()) {
      return oneLine(String.valueOf(wrong.getMessage())) + help;
    }
    String first = arguments.get(0);
    if (!first.startsWith("-") && !command.getSubcommands().isEmpty()) {
      return "there is no command '" + first + "'; there are: " + commands(command);
    }
    String what = first.startsWith("-") ? "there is no option '" : "there is no place for '";
    return what + oneLine(first) + "'" + alike(unmatched.getSuggestions()) + help;
  }

  private static String alike(List<String> names) {
    return names.isEmpty() ? "" : ", but " + String.join(", ", names);
  }

  private static String commands(CommandLine root) {
    return root.getSubcommands().keySet().stream().collect(Collectors.joining(", "));
  }

  private static String oneLine(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining(" "));
  }
}
