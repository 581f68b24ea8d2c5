package dev.vlm4j.spi;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;

/**
 * An architecture whose prompts and pictures are supported and whose graphs are not yet: what its
 * models see can be shown, they cannot run. Stateless.
 */
public interface ProcessorArchitecture extends Architecture {
  @Override
  ModelProcessor processor(CheckpointConfig config);

  @Override
  default boolean hasGraphs() {
    return false;
  }

  /** Throws {@code ARCHITECTURE_UNSUPPORTED}: there are no graphs. */
  @Override
  default ModelAdapter adapt(CheckpointConfig config) {
    throw new VlmException(
        ErrorCode.ARCHITECTURE_UNSUPPORTED,
        "of "
            + name()
            + ", prompts and pictures are supported (inputs shows them), its graphs are not yet");
  }
}
