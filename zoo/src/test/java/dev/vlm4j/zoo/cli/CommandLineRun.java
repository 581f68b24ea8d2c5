package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the program did with some arguments. */
record CommandLineRun(int code, String out, String err, FakeZoo zoo) {
  static CommandLineRun of(String... arguments) {
    return of(false, "", arguments);
  }

  /** Runs with a text on standard input. */
  static CommandLineRun withInput(String input, String... arguments) {
    return of(false, input, arguments);
  }

  /** Runs as if the user had pressed Ctrl-C before. */
  static CommandLineRun interrupted(String... arguments) {
    return of(true, "", arguments);
  }

  private static CommandLineRun of(boolean interrupted, String input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    FakeZoo zoo = new FakeZoo();
    CommandContext context =
        new CommandContext(
            zoo,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            () -> interrupted);
    int code = Main.run(arguments, context);
    return new CommandLineRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), zoo);
  }

  List<String> errorLines() {
    return err.lines().toList();
  }

  /** Returns the result, one object per line. */
  List<JsonNode> json() {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : out.lines().toList()) {
      try {
        objects.add(new JsonMapper().readTree(line));
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + line, e);
      }
    }
    return objects;
  }
}
