package dev.vlm4j.backend.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The native library of ONNX Runtime, and how its sessions are set up. Thread-safe. */
final class OnnxEngine {
  static final String ARTIFACT = "com.microsoft.onnxruntime:onnxruntime";
  static final String GPU_ARTIFACT = "com.microsoft.onnxruntime:onnxruntime_gpu";

  /** Measured with 1.29.0 on Linux: 3,973 bytes load, 3,981 crash. */
  private static final long LONGEST_COMMAND_LINE = 3_900;

  private static final String DATA_ROOT = "session.model_external_initializers_file_folder_path";

  /** A call that the engine can refuse. */
  interface Call<T> {
    T run() throws OrtException;
  }

  private final OrtEnvironment environment;
  private final BackendOptions options;

  private OnnxEngine(OrtEnvironment environment, BackendOptions options) {
    this.environment = environment;
    this.options = options;
  }

  static OnnxEngine load(BackendOptions options) {
    checkCommandLine(commandLineBytes());
    OnnxEngine engine = new OnnxEngine(loadNative(), options);
    if (options.device().kind() == Device.Kind.GPU) {
      engine.checkGpu();
    }
    return engine;
  }

  /** The native library reads the command line at start and crashes the process if it is long. */
  static void checkCommandLine(long bytes) {
    if (bytes > LONGEST_COMMAND_LINE) {
      throw new VlmException(
          ErrorCode.BACKEND_UNAVAILABLE,
          "the command line of this process has "
              + bytes
              + " bytes and ONNX Runtime crashes above "
              + LONGEST_COMMAND_LINE
              + ": give Java the class path in the variable CLASSPATH, or all arguments in a file"
              + " (java @file)");
    }
  }

  private static long commandLineBytes() {
    Path commandLine = Path.of("/proc/self/cmdline");
    try {
      return Files.isReadable(commandLine) ? Files.readAllBytes(commandLine).length : 0;
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.BACKEND_UNAVAILABLE, "cannot read " + commandLine + ": " + e.getMessage(), e);
    }
  }

  private static OrtEnvironment loadNative() {
    try {
      return OrtEnvironment.getEnvironment(
          OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "vlm4j-" + OnnxBackendProvider.NAME);
    } catch (RuntimeException | LinkageError e) {
      throw new VlmException(
          ErrorCode.BACKEND_UNAVAILABLE,
          "ONNX Runtime cannot be loaded on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + " ("
              + cause(e)
              + "). Check that "
              + ARTIFACT
              + " is on the class path and has a native library for this platform",
          e);
    }
  }

  /** The first failure to load a class says why only in its cause. */
  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof ExceptionInInitializerError && cause != null ? cause : failure;
  }

  private void checkGpu() {
    if (!hasGpu()) {
      throw new VlmException(
          ErrorCode.BACKEND_UNAVAILABLE,
          "the installed ONNX Runtime cannot use the device "
              + options.device()
              + ": replace "
              + ARTIFACT
              + " by "
              + GPU_ARTIFACT
              + " of the same version, and install CUDA and cuDNN");
    }
    try (OrtSession.SessionOptions probe = sessionOptions()) {
      probe.getConfigEntries();
    }
  }

  static boolean hasGpu() {
    return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
  }

  OrtEnvironment environment() {
    return environment;
  }

  String version() {
    return environment.getVersion();
  }

  /** Returns whether weights lie in the memory that this program can fill. */
  boolean sharesMemory() {
    return options.device().kind() == Device.Kind.CPU;
  }

  /** Returns how many threads may work at a time. */
  int threads() {
    return options.threads() > 0 ? options.threads() : Runtime.getRuntime().availableProcessors();
  }

  /** Compiles a model whose external data lies at paths below the root of the file system. */
  OrtSession compile(byte[] model, String dataRoot, String what) {
    return call(
        "compiling " + what,
        () -> {
          try (OrtSession.SessionOptions settings = sessionOptions()) {
            settings.addConfigEntry(DATA_ROOT, dataRoot);
            return environment.createSession(model, settings);
          }
        });
  }

  /**
   * Compiles a model as it is, for one thread; its results get exactly the memory that they need.
   */
  OrtSession compileExact(byte[] model, String dataRoot, String what) {
    return call(
        "compiling " + what,
        () -> {
          try (OrtSession.SessionOptions settings = sessionOptions()) {
            settings.addConfigEntry(DATA_ROOT, dataRoot);
            settings.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            settings.setCPUArenaAllocator(false);
            settings.setIntraOpNumThreads(1);
            return environment.createSession(model, settings);
          }
        });
  }

  /**
   * Settings of every session. Without prepacking, weights stay where they are mapped, at the same
   * speed for one row and for many; without spinning, the threads leave the processor to the caller
   * between two runs.
   */
  private OrtSession.SessionOptions sessionOptions() {
    OrtSession.SessionOptions settings = new OrtSession.SessionOptions();
    try {
      if (options.threads() > 0) {
        settings.setIntraOpNumThreads(options.threads());
      }
      settings.setInterOpNumThreads(1);
      settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      settings.addConfigEntry("session.disable_prepacking", "1");
      settings.addConfigEntry("session.intra_op.allow_spinning", "0");
      if (options.device().kind() == Device.Kind.GPU) {
        addCuda(settings, options.device().index());
      }
      return settings;
    } catch (OrtException e) {
      settings.close();
      throw new VlmException(
          ErrorCode.BACKEND_UNAVAILABLE,
          "ONNX Runtime refuses the device "
              + options.device()
              + ": "
              + e.getMessage()
              + ". "
              + GPU_ARTIFACT
              + " needs CUDA and cuDNN on this machine",
          e);
    }
  }

  /** Products of single precision may be rounded to 10 bits of mantissa, unless refused. */
  private static void addCuda(OrtSession.SessionOptions settings, int device) throws OrtException {
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device)) {
      cuda.add("use_tf32", "0");
      settings.addCUDA(cuda);
    }
  }

  /** Makes the engine's failures typed errors. */
  static <T> T call(String what, Call<T> call) {
    try {
      return call.run();
    } catch (OrtException e) {
      throw new VlmException(
          ErrorCode.ENGINE_FAILURE, "ONNX Runtime failed while " + what + ": " + e.getMessage(), e);
    }
  }
}
