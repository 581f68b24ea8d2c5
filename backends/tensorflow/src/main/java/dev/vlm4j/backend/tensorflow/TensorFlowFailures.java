package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.function.Supplier;

/** Turns TensorFlow's exceptions, which have no common type of their own, into the one of vlm4j. */
final class TensorFlowFailures {
  private TensorFlowFailures() {}

  /**
   * Runs a call into the engine.
   *
   * @param what what the engine was asked to do, for the message
   */
  static <T> T translate(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (VlmException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw new VlmException(
          ErrorCode.ENGINE_FAILURE,
          "there is not enough memory to "
              + what
              + " with TensorFlow: "
              + e.getMessage()
              + ". Use a smaller model, or raise -Xmx or the system property"
              + " org.bytedeco.javacpp.maxPhysicalBytes if they are the limit",
          e);
    } catch (RuntimeException e) {
      throw new VlmException(
          ErrorCode.ENGINE_FAILURE, "TensorFlow failed to " + what + ": " + e.getMessage(), e);
    }
  }
}
