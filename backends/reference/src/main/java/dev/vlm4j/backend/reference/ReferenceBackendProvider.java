package dev.vlm4j.backend.reference;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.Device;
import dev.vlm4j.spi.OpSet;

/**
 * Offers the plain Java interpreter: the executable specification of every operator. It needs
 * nothing but the JDK, runs on one thread and keeps float copies of the weights on the heap, so it
 * suits tiny checkpoints only. Thread-safe.
 */
public final class ReferenceBackendProvider implements BackendProvider {
  static final String NAME = "reference";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int opSetVersion() {
    return OpSet.VERSION;
  }

  @Override
  public String description() {
    return "plain Java interpreter for tests and tiny checkpoints"
        + " (dev.vlm4j:vlm4j-backend-reference)";
  }

  /**
   * Returns the interpreter; the number of threads does not matter to it.
   *
   * @throws VlmException {@code BACKEND_UNAVAILABLE} for any device but the CPU
   */
  @Override
  public Backend create(BackendOptions options) {
    if (options.device().kind() != Device.Kind.CPU) {
      throw new VlmException(
          ErrorCode.BACKEND_UNAVAILABLE,
          "the backend 'reference' computes on the CPU only, not on "
              + options.device()
              + ": choose the device cpu or another backend");
    }
    return new ReferenceBackend();
  }
}
