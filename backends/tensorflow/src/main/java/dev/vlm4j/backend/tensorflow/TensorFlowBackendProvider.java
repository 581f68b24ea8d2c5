package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.Device;
import dev.vlm4j.spi.OpSet;

/**
 * The TensorFlow engine on the CPU, in 32-bit floats. Thread-safe.
 *
 * <p>TensorFlow has one pool of threads per process: the number of threads that the first compiled
 * graph of a process asks for holds for all later ones. Its native library is unpacked once into
 * the cache folder of JavaCPP, about 700 MB.
 */
public final class TensorFlowBackendProvider implements BackendProvider {
  /** The name that users type. */
  static final String NAME = "tensorflow";

  private static final String NATIVE_ARTIFACT = "org.tensorflow:tensorflow-core-native";

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
    return "TensorFlow on the CPU (fp32); needs org.tensorflow:tensorflow-core-api and "
        + NATIVE_ARTIFACT
        + " with the classifier of the platform";
  }

  /**
   * Loads TensorFlow.
   *
   * @throws VlmException {@code BACKEND_UNAVAILABLE} if the native library is missing or cannot be
   *     loaded here, or if another device than the CPU is asked for
   */
  @Override
  public Backend create(BackendOptions options) {
    if (options.device().kind() != Device.Kind.CPU) {
      throw new VlmException(
          ErrorCode.BACKEND_UNAVAILABLE,
          "the backend tensorflow computes on the CPU only, not on "
              + options.device()
              + ": choose the device cpu, or a backend that reports the capability GPU");
    }
    try {
      return TensorFlowBackend.load(options);
    } catch (LinkageError e) {
      throw unavailable(e);
    }
  }

  private static VlmException unavailable(LinkageError cause) {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    return new VlmException(
        ErrorCode.BACKEND_UNAVAILABLE,
        "the native library of TensorFlow cannot be loaded on "
            + platform
            + ": add "
            + NATIVE_ARTIFACT
            + " with the classifier of this platform (for example linux-x86_64, linux-arm64 or"
            + " macosx-arm64) in the version of tensorflow-core-api to the class path; the cause: "
            + cause,
        cause);
  }
}
