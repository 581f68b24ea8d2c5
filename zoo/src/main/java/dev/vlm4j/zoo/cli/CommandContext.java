package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.api.Answer;
import dev.vlm4j.api.FinishReason;
import dev.vlm4j.api.GenerationListener;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.LoadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What commands work with.
 *
 * @param zoo models and engines
 * @param in what some commands read
 * @param out results only
 * @param err progress and failures
 * @param interrupted whether the user wants the program to end
 */
record CommandContext(
    Zoo zoo, InputStream in, PrintStream out, PrintStream err, BooleanSupplier interrupted) {
  /** What is said when standard output is closed or full. */
  static final String UNWRITTEN = "the result could not be written to standard output";

  /**
   * Prints a line of a result; line ends do not depend on the platform.
   *
   * @throws VlmException {@code IO_FAILURE} if nobody can read it any more
   */
  void line(String text) {
    piece(text + "\n");
  }

  /** Prints a part of a line of a result; errors as for {@link #line(String)}. */
  void piece(String text) {
    out.print(text);
    out.flush();
    if (out.checkError()) {
      throw new VlmException(ErrorCode.IO_FAILURE, UNWRITTEN);
    }
  }

  /** Prints a JSON result on one line. */
  void line(ObjectNode json) {
    line(JsonOutput.oneLine(json));
  }

  /**
   * Waits for somebody outside of the program, who may never come.
   *
   * @throws InterruptedByUser if the user ends the program meanwhile
   */
  <T> T await(Callable<T> input) throws IOException {
    return new OutsideWait(interrupted).on(input);
  }

  /** Says something about the course of the program. */
  void note(String text) {
    err.print("vlm4j: " + text + "\n");
    err.flush();
  }

  /** Returns options under which downloads are shown and can be interrupted. */
  LoadOptions following(LoadOptions options) {
    return options.withDownloadListener(new DownloadProgress(err, interrupted));
  }

  /** Answers a prompt unless the user interrupts. */
  Answer generate(
      VisionLanguageModel model,
      Prompt prompt,
      GenerationOptions options,
      Consumer<String> onText) {
    Answer answer = model.generate(prompt, options, new Listener(onText, interrupted));
    if (answer.finishReason() == FinishReason.CANCELLED) {
      throw new InterruptedByUser();
    }
    return answer;
  }

  private record Listener(Consumer<String> text, BooleanSupplier interrupted)
      implements GenerationListener {
    @Override
    public void onText(String piece) {
      text.accept(piece);
    }

    @Override
    public boolean isCancelled() {
      return interrupted.getAsBoolean();
    }
  }
}
