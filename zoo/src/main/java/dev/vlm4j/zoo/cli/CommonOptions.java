package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.PicturePolicy;
import dev.vlm4j.spi.Device;
import dev.vlm4j.zoo.LoadOptions;
import dev.vlm4j.zoo.hub.HubEnvironment;
import dev.vlm4j.zoo.hub.HubKind;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that every command takes. */
final class CommonOptions {
  /** Name of the model that comes with the program. */
  static final String BUILT_IN = "builtin";

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--model",
      paramLabel = "DIR|HUB_ID|builtin",
      description =
          "folder in Hub layout, Hub identifier or alias (see 'models') with or without @revision, or"
              + " 'builtin' for the model inside vlm4j")
  private @Nullable String model;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description =
          "engine: onnxruntime (default), djl, tensorflow, reference;"
              + " or one per stage: vision=NAME,decoder=NAME")
  private @Nullable String backend;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description = "fp32 (default), bf16, int8, int4 or auto; or one per stage")
  private @Nullable String precision;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads of the engine; it chooses if this is not given")
  private @Nullable Integer threads;

  @Option(
      names = "--device",
      paramLabel = "cpu|gpu|gpu:N",
      converter = DeviceConverter.class,
      description = "where the engine computes: cpu (default), or the CUDA device of that number")
  private @Nullable Device device;

  @Option(
      names = "--modelscope",
      description = "look for the model on ModelScope; same as --model modelscope:OWNER/NAME")
  private boolean modelScope;

  @Option(
      names = "--revision",
      paramLabel = "NAME",
      description =
          "branch, tag or commit of a model on the Hub (default: main; master on ModelScope)")
  private @Nullable String revision;

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description = "Hub cache folder (default: that of HF_HUB_CACHE, HF_HOME or the user)")
  private @Nullable Path cacheFolder;

  @Option(names = "--offline", description = "make no connection, use the cache only")
  private boolean offline;

  @Option(
      names = "--ignore-memory",
      description = "load a model although it is estimated to need more memory than there is")
  private boolean ignoreMemory;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      converter = OutputFormat.Converter.class,
      description = "text (default), or one JSON object per request on one line")
  private OutputFormat format = OutputFormat.TEXT;

  @Option(
      names = Failures.VERBOSE,
      description = "say more on standard error; print the stack of a failure")
  private boolean verbose;

  /** Returns the model; wrong usage without one. */
  String model() {
    if (model == null || model.isBlank()) {
      throw usage("--model is missing: name a folder, a Hub identifier, or builtin");
    }
    return model;
  }

  /**
   * Returns the model that stands alone on the command line, else that of the option; wrong usage
   * with both.
   */
  String model(@Nullable String given) {
    if (given != null && model != null) {
      throw usage("two models are named, " + given + " and " + model + "; give one");
    }
    return given == null || given.isBlank() ? model() : given;
  }

  /** Returns the Hub cache folder. */
  Path cacheFolder() {
    return cacheFolder == null ? HubEnvironment.ofProcess().cache() : cacheFolder;
  }

  /** Returns the model, or the built-in one. */
  String modelOrBuiltIn() {
    return model == null ? BUILT_IN : model;
  }

  /** Returns the text of {@code --backend}. */
  @Nullable String backend() {
    return backend;
  }

  /**
   * Returns engine, precision, threads, device and where the model comes from; an error of type
   * INVALID_ARGUMENT if one is malformed.
   */
  LoadOptions load() {
    LoadOptions options = LoadOptions.DEFAULT;
    options = backend == null ? options : options.withBackendText(backend);
    options = precision == null ? options : options.withPrecisionText(precision);
    options = threads == null ? options : options.withThreads(threads);
    options = device == null ? options : options.withDevice(device);
    options = revision == null ? options : options.withRevision(revision);
    options = cacheFolder == null ? options : options.withCacheFolder(cacheFolder);
    options = modelScope ? options.withHubKind(HubKind.MODELSCOPE) : options;
    options = ignoreMemory ? options.withMemoryLimit(Long.MAX_VALUE) : options;
    options = offline ? options.withOffline() : options;
    return options.withPicturePolicy(
        picturePolicy(offline || HubEnvironment.ofProcess().isOffline()));
  }

  /** Whoever types the command may read and fetch what the program's user may, unless offline. */
  private static PicturePolicy picturePolicy(boolean offline) {
    return offline
        ? PicturePolicy.DEFAULT
        : PicturePolicy.DEFAULT.withAnyHost().withPrivateAddresses();
  }

  boolean isJson() {
    return format == OutputFormat.JSON;
  }

  boolean isVerbose() {
    return verbose;
  }

  /** Returns an error that ends the program with the exit code of wrong usage. */
  ParameterException usage(String message) {
    if (command == null) {
      throw new IllegalStateException("the options belong to no command");
    }
    return new ParameterException(command.commandLine(), message);
  }
}
