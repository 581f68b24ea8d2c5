package dev.vlm4j.backend.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.Device;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The native library of PyTorch: loads it offline, prepares threads, and gives failures a type. */
final class TorchEngine {
  static final String ARTIFACTS =
      "ai.djl.pytorch:pytorch-engine:0.35.1, ai.djl.pytorch:pytorch-jni:2.7.1-0.35.1 and"
          + " ai.djl.pytorch:pytorch-native-cpu:2.7.1 with the classifier of the platform (linux-x86_64,"
          + " linux-aarch64, osx-aarch64 or win-x86_64)";
  private static final String OFFLINE = "ai.djl.offline";
  private static final String NO_TRACKING = "OPT_OUT_TRACKING";
  private static final String ERROR_MARK = "Error: ";

  private final Engine engine;
  private final BackendOptions options;

  private TorchEngine(Engine engine, BackendOptions options) {
    this.engine = engine;
    this.options = options;
  }

  static TorchEngine load(BackendOptions options) {
    TorchEngine loaded = new TorchEngine(loadOffline(), options);
    loaded.checkDevice();
    loaded.prepareThread();
    return loaded;
  }

  /**
   * DJL reads these settings while the engine loads; the application's own choice comes back after.
   */
  private static synchronized Engine loadOffline() {
    @Nullable String offline = System.getProperty(OFFLINE);
    System.setProperty(OFFLINE, "true");
    System.setProperty(NO_TRACKING, "true");
    try {
      return Engine.getEngine("PyTorch");
    } catch (RuntimeException | LinkageError e) {
      throw new VlmException(
          ErrorCode.BACKEND_UNAVAILABLE,
          "PyTorch cannot be loaded here (" + reason(e) + "); the backend needs " + ARTIFACTS,
          e);
    } finally {
      if (offline == null) {
        System.clearProperty(OFFLINE);
      } else {
        System.setProperty(OFFLINE, offline);
      }
    }
  }

  private void checkDevice() {
    Device device = options.device();
    if (device.kind() == Device.Kind.GPU && !(hasCuda() && device.index() < engine.getGpuCount())) {
      throw new VlmException(
          ErrorCode.BACKEND_UNAVAILABLE,
          "PyTorch sees no device "
              + device
              + ": it needs a CUDA device and libtorch 2.7.1 for CUDA 12.8, which no package registry of"
              + " Java has. Name the folder of its libraries (for instance site-packages/torch/lib of that"
              + " release) in the variable PYTORCH_LIBRARY_PATH and set PYTORCH_FLAVOR=cu128, or run on"
              + " cpu");
    }
  }

  /**
   * The optimiser would compile again for every new length; PyTorch keeps this switch and the
   * number of threads for each thread by itself.
   */
  void prepareThread() {
    JniUtils.setGraphExecutorOptimize(false);
    if (options.threads() > 0) {
      JniUtils.setNumThreads(options.threads());
    }
  }

  String version() {
    return engine.getVersion();
  }

  boolean hasCuda() {
    return engine.hasCapability(StandardCapabilities.CUDA);
  }

  boolean usesGpu() {
    return options.device().kind() == Device.Kind.GPU;
  }

  /**
   * Returns whether oneDNN, which multiplies brain floats on processors that know them, can be
   * called by itself.
   */
  boolean hasRowProducts(int type) {
    return type == TorchTypes.BFLOAT16 && !usesGpu() && CpuFeatures.multiplyBrainFloats();
  }

  /** Returns the device as an expression of TorchScript. */
  String device() {
    return usesGpu()
        ? "torch.device(\"cuda:" + options.device().index() + "\")"
        : "torch.device(\"cpu\")";
  }

  /** Returns a manager of tensors on the host. */
  PtNDManager newManager() {
    return (PtNDManager) engine.newBaseManager(ai.djl.Device.cpu());
  }

  /** Makes a call into PyTorch on a prepared thread. */
  <T> T call(String what, Supplier<T> call) {
    prepareThread();
    try {
      return call.get();
    } catch (VlmException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      throw new VlmException(
          ErrorCode.ENGINE_FAILURE, "PyTorch failed while " + what + ": " + reason(e), e);
    }
  }

  /**
   * Returns the last error of the text, because PyTorch prints where it happened before what it
   * was.
   */
  private static String reason(Throwable failure) {
    String text = String.valueOf(failure.getMessage()).strip();
    int mark = text.lastIndexOf(ERROR_MARK);
    String last = mark < 0 ? text : text.substring(mark + ERROR_MARK.length());
    int end = last.indexOf('\n');
    return end < 0 ? last : last.substring(0, end);
  }
}
