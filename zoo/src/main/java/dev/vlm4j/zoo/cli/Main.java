package dev.vlm4j.zoo.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The command line. Exit codes: 0 success, 2 wrong usage, 1 any other failure, 130 and 143 after
 * Ctrl-C and SIGTERM.
 */
public final class Main {
  private static final int HELP_COLUMNS = 100;

  private Main() {}

  /** Runs one command and ends the Java virtual machine. */
  public static void main(String[] arguments) {
    Interruption interruption = Interruption.install();
    CommandContext context =
        new CommandContext(
            Zoo.INSTALLED,
            System.in,
            utf8(FileDescriptor.out),
            utf8(FileDescriptor.err),
            interruption::isRequested);
    int code = checkLocale(arguments, context) ? run(arguments, context) : Failures.WRONG_USAGE;
    System.exit(interruption.exitCode(code));
  }

  /** Runs one command and returns the exit code. */
  static int run(String[] arguments, CommandContext context) {
    Failures failures =
        new Failures(context.err(), Arrays.asList(arguments).contains(Failures.VERBOSE));
    try {
      int code = program(context, failures).execute(arguments);
      if (code == 0 && context.out().checkError()) {
        context.note(CommandContext.UNWRITTEN);
        return Failures.FAILED;
      }
      return code;
    } catch (OutOfMemoryError | LinkageError | StackOverflowError e) {
      return failures.report(e);
    }
  }

  private static CommandLine program(CommandContext context, Failures failures) {
    CommandLine program =
        new CommandLine(new RootCommand())
            .addSubcommand(new DemoCommand(context))
            .addSubcommand(new RunCommand(context))
            .addSubcommand(new InputsCommand(context))
            .addSubcommand(new ParseCommand(context))
            .addSubcommand(new BenchCommand(context))
            .addSubcommand(new ParityCommand(context))
            .addSubcommand(new BackendsCommand(context))
            .addSubcommand(new ModelsCommand(context))
            .addSubcommand(new PlanCommand(context))
            .addSubcommand(new DoctorCommand(context))
            .addSubcommand(new DownloadCommand(context))
            .addSubcommand(CacheCommand.withSubcommands(context));
    describe(program);
    // A prompt may begin with @: it is not to be replaced by the contents of a file.
    return program
        .setExpandAtFiles(false)
        .setUsageHelpWidth(HELP_COLUMNS)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(context.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((e, rest) -> failures.report(e))
        .setExecutionExceptionHandler((e, command, result) -> failures.report(e));
  }

  private static void describe(CommandLine command) {
    command
        .getCommandSpec()
        .mixinStandardHelpOptions(true)
        .versionProvider(new ProgramVersion())
        .usageMessage()
        .sortOptions(false);
    command.getSubcommands().values().forEach(Main::describe);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  private static boolean checkLocale(String[] arguments, CommandContext context) {
    Optional<String> problem =
        new NativeNames(
                System.getProperty("sun.jnu.encoding", ""), System.getProperty("user.dir", ""))
            .problem(arguments);
    problem.ifPresent(context::note);
    return problem.isEmpty();
  }
}
