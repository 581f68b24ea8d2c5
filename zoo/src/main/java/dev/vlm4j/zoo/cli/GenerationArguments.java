package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say how an answer is generated. */
final class GenerationArguments {
  @Option(names = "--max-new-tokens", paramLabel = "N", description = "most tokens of the answer")
  private @Nullable Integer maxNewTokens;

  @Option(
      names = "--num-beams",
      paramLabel = "K",
      description =
          "answers that are followed at once; 1: greedy decoding (default, whatever the checkpoint"
              + " says). The checkpoint's other settings of beam search act from 2 on")
  private int numBeams = 1;

  /** Returns the options of a request; an error if one is out of range or not supported. */
  GenerationOptions options() {
    if (numBeams < 1) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT, "--num-beams must be at least 1, got " + numBeams);
    }
    GenerationOptions options = GenerationOptions.DEFAULT.withNumBeams(numBeams);
    return maxNewTokens == null ? options : options.withMaxNewTokens(maxNewTokens);
  }

  /** Returns the options of a request with a limit of new tokens if the user gave none. */
  GenerationOptions options(int defaultLimit) {
    GenerationOptions options = options();
    return maxNewTokens == null ? options.withMaxNewTokens(defaultLimit) : options;
  }
}
