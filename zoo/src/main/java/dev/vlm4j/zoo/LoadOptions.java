package dev.vlm4j.zoo;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.api.ImageOptions;
import dev.vlm4j.api.PicturePolicy;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.Device;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.zoo.doctor.MachineMemory;
import dev.vlm4j.zoo.generation.InputOptions;
import dev.vlm4j.zoo.generation.RequestGuard;
import dev.vlm4j.zoo.hub.DownloadListener;
import dev.vlm4j.zoo.hub.HubKind;
import dev.vlm4j.zoo.hub.HubOptions;
import dev.vlm4j.zoo.hub.Revision;
import dev.vlm4j.zoo.hub.Token;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a model is loaded: engine and precision, for all stages or for single ones ({@code vision},
 * {@code encoder}, {@code decoder}), threads, device, and where it comes from. Immutable.
 */
public final class LoadOptions {
  /** A model may take all memory that is available when it is loaded. */
  private static final long AVAILABLE = -1;

  /** Name of the backend that is used unless another one is named. */
  public static final String DEFAULT_BACKEND = "onnxruntime";

  /** ONNX Runtime in fp32 on the CPU, as many threads as the engine chooses. */
  public static final LoadOptions DEFAULT =
      new LoadOptions(
          Map.of(), Map.of(), 0, Device.CPU, InputOptions.DEFAULT, HubOptions.DEFAULT, AVAILABLE);

  private static final int MOST_THREADS = 1024;
  private static final String ALL = "";
  private static final String AUTO = "auto";

  private final Map<String, String> backends;
  private final Map<String, String> precisions;
  private final int threads;
  private final Device device;
  private final InputOptions inputs;
  private final HubOptions hub;
  private final long memoryLimit;

  private LoadOptions(
      Map<String, String> backends,
      Map<String, String> precisions,
      int threads,
      Device device,
      InputOptions inputs,
      HubOptions hub,
      long memoryLimit) {
    this.backends = Map.copyOf(backends);
    this.precisions = Map.copyOf(precisions);
    this.threads = threads;
    this.device = device;
    this.inputs = inputs;
    this.hub = hub;
    this.memoryLimit = memoryLimit;
  }

  /** Returns these options with a backend for all stages that have none of their own. */
  public LoadOptions withBackend(String name) {
    return withBackend(ALL, name);
  }

  /** Returns these options with a backend for one stage. */
  public LoadOptions withBackend(String stage, String name) {
    return new LoadOptions(
        with(backends, stage, name), precisions, threads, device, inputs, hub, memoryLimit);
  }

  /** Returns these options with one backend for all stages. */
  LoadOptions onBackend(String name) {
    return new LoadOptions(
        Map.of(ALL, name), precisions, threads, device, inputs, hub, memoryLimit);
  }

  /** Returns these options with 32-bit floats for all stages. */
  LoadOptions inFullPrecision() {
    return new LoadOptions(backends, Map.of(), threads, device, inputs, hub, memoryLimit);
  }

  /** Returns these options with a precision for all stages that have none of their own. */
  public LoadOptions withPrecision(Precision precision) {
    return withPrecision(ALL, precision);
  }

  /** Returns these options with a precision for one stage. */
  public LoadOptions withPrecision(String stage, Precision precision) {
    return withPrecision(stage, precision.label());
  }

  /** Returns these options with the precision that each backend prefers for the checkpoint. */
  public LoadOptions withAutomaticPrecision() {
    return withPrecision(ALL, AUTO);
  }

  private LoadOptions withPrecision(String stage, String label) {
    return new LoadOptions(
        backends, with(precisions, stage, label), threads, device, inputs, hub, memoryLimit);
  }

  /**
   * Returns these options with what a user typed: one name for all stages, or {@code
   * stage=name,stage=name}.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} for anything else
   */
  public LoadOptions withBackendText(String text) {
    return new LoadOptions(
        withAll(backends, "backend", text), precisions, threads, device, inputs, hub, memoryLimit);
  }

  /** Returns these options with the precisions that a user typed; see {@link #withBackendText}. */
  public LoadOptions withPrecisionText(String text) {
    Map<String, String> all = withAll(precisions, "precision", text);
    all.values().forEach(LoadOptions::parsePrecision);
    return new LoadOptions(backends, all, threads, device, inputs, hub, memoryLimit);
  }

  /**
   * Returns these options with a number of threads for each operation.
   *
   * @param count from 1 to 1,024; engines fail in their own ways beyond
   */
  public LoadOptions withThreads(int count) {
    if (count < 1 || count > MOST_THREADS) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "threads must be from 1 to " + MOST_THREADS + ", got " + count);
    }
    return new LoadOptions(backends, precisions, count, device, inputs, hub, memoryLimit);
  }

  /** Returns these options with another device. */
  public LoadOptions withDevice(Device other) {
    return new LoadOptions(backends, precisions, threads, other, inputs, hub, memoryLimit);
  }

  /** Returns these options with settings for all pictures; those of single pictures win. */
  public LoadOptions withImageOptions(ImageOptions options) {
    return withInputs(
        new InputOptions(
            options, inputs.imageBackend(), inputs.policy(), inputs.specialTokensInText()));
  }

  /**
   * Returns these options with which image processors of the reference are followed; {@link
   * ImageBackend#TORCHVISION}, the reference's own choice, otherwise. A model without that backend
   * is refused when it is loaded ({@code INVALID_ARGUMENT}).
   */
  public LoadOptions withImageBackend(ImageBackend backend) {
    return withInputs(
        new InputOptions(inputs.images(), backend, inputs.policy(), inputs.specialTokensInText()));
  }

  /**
   * Returns these options with where pictures may come from; {@link PicturePolicy#DEFAULT}
   * otherwise.
   */
  public LoadOptions withPicturePolicy(PicturePolicy policy) {
    return withInputs(
        new InputOptions(
            inputs.images(), inputs.imageBackend(), policy, inputs.specialTokensInText()));
  }

  /**
   * Returns these options with special tokens recognised in texts of users, as the reference does:
   * whoever writes a text can then end a turn or stand in for a picture. Otherwise a text is
   * nothing but text.
   */
  public LoadOptions withSpecialTokensInText() {
    return withInputs(
        new InputOptions(inputs.images(), inputs.imageBackend(), inputs.policy(), true));
  }

  private LoadOptions withInputs(InputOptions changed) {
    return new LoadOptions(backends, precisions, threads, device, changed, hub, memoryLimit);
  }

  /**
   * Returns these options with a branch, tag or commit of a model on a Hub; {@code main} otherwise.
   *
   * @throws VlmException {@code HUB_NAME_REFUSED}
   */
  public LoadOptions withRevision(String revision) {
    return withHub(hub.withRevision(new Revision(revision)));
  }

  /** Returns these options with a Hub cache folder; that of the environment otherwise. */
  public LoadOptions withCacheFolder(Path folder) {
    return withHub(hub.withCache(folder));
  }

  /** Returns these options with every connection forbidden, so that only the cache is used. */
  public LoadOptions withOffline() {
    return withHub(hub.withOffline(true));
  }

  /**
   * Returns these options with an access token; that of the environment otherwise.
   *
   * @throws VlmException {@code HUB_TOKEN_INVALID} if it cannot be one
   */
  public LoadOptions withToken(String token) {
    return withHub(hub.withToken(new Token(token)));
  }

  /** Returns these options for models on another kind of Hub. */
  public LoadOptions withHubKind(HubKind kind) {
    return withHub(hub.withKind(kind));
  }

  /** Returns these options with somebody who follows downloads and may cancel them. */
  public LoadOptions withDownloadListener(DownloadListener listener) {
    return withHub(hub.withListener(listener));
  }

  /** Returns these options with everything about Hubs. */
  public LoadOptions withHub(HubOptions options) {
    return new LoadOptions(backends, precisions, threads, device, inputs, options, memoryLimit);
  }

  /**
   * Returns these options with a limit for the memory of a model, which is otherwise what is
   * available when it is loaded. A model that is estimated to need more is refused before anything
   * large is allocated; so is a request that would need more beside the model, before it starts.
   *
   * @param bytes the limit; {@link Long#MAX_VALUE} for none
   * @throws VlmException {@code INVALID_ARGUMENT} for a negative limit
   */
  public LoadOptions withMemoryLimit(long bytes) {
    if (bytes < 0) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT, "the limit of memory must not be negative, got " + bytes);
    }
    return new LoadOptions(backends, precisions, threads, device, inputs, hub, bytes);
  }

  /** Returns the most bytes that a model may be estimated to need. */
  long memoryLimit() {
    return memoryLimit == AVAILABLE ? MachineMemory.available() : memoryLimit;
  }

  /**
   * Returns who decides which requests may start.
   *
   * @param resident bytes of the loaded model
   */
  RequestGuard requestGuard(List<RequestBudget.Stage> stages, long resident) {
    if (memoryLimit == Long.MAX_VALUE) {
      return RequestGuard.NONE;
    }
    return memoryLimit == AVAILABLE
        ? RequestBudget.ofAvailable(stages, MachineMemory::available)
        : RequestBudget.ofLimit(stages, memoryLimit - resident);
  }

  /** Returns how a model is found on a Hub. */
  public HubOptions hub() {
    return hub;
  }

  /** Returns the backend of a stage. */
  public String backend(String stage) {
    return backends.getOrDefault(stage, backends.getOrDefault(ALL, DEFAULT_BACKEND));
  }

  /** Returns the precision of a stage; empty if the backend chooses. */
  public Optional<Precision> precision(String stage) {
    return parsePrecision(
        precisions.getOrDefault(stage, precisions.getOrDefault(ALL, Precision.FP32.label())));
  }

  /** Returns the stages that options name, for checking that the model has them. */
  List<String> stages() {
    Map<String, String> all = new TreeMap<>(backends);
    all.putAll(precisions);
    all.remove(ALL);
    return List.copyOf(all.keySet());
  }

  /** Returns the number of threads; 0 if the engine chooses. */
  public int threads() {
    return threads;
  }

  /** Returns what holds for all prompts. */
  InputOptions inputs() {
    return inputs;
  }

  /** Returns where pictures may come from. */
  public PicturePolicy picturePolicy() {
    return inputs.policy();
  }

  /** Returns whether special tokens are recognised in texts of users. */
  public boolean specialTokensInText() {
    return inputs.specialTokensInText();
  }

  /** Returns the settings for all pictures. */
  public ImageOptions imageOptions() {
    return inputs.images();
  }

  /** Returns which image processors of the reference are followed. */
  public ImageBackend imageBackend() {
    return inputs.imageBackend();
  }

  /** Returns the device. */
  public Device device() {
    return device;
  }

  private static Optional<Precision> parsePrecision(String label) {
    if (label.equals(AUTO)) {
      return Optional.empty();
    }
    return Optional.of(
        Arrays.stream(Precision.values())
            .filter(precision -> precision.label().equals(label))
            .findFirst()
            .orElseThrow(
                () ->
                    new VlmException(
                        ErrorCode.INVALID_ARGUMENT,
                        "there is no precision '"
                            + label
                            + "'; there are: fp32, bf16, int8, int4, auto")));
  }

  private static Map<String, String> withAll(Map<String, String> former, String what, String text) {
    Map<String, String> all = new TreeMap<>(former);
    for (String item : text.split(",", -1)) {
      int equals = item.indexOf('=');
      String stage = equals < 0 ? ALL : item.substring(0, equals).strip();
      String value = item.substring(equals + 1).strip().toLowerCase(Locale.ROOT);
      if (value.isEmpty() || (equals >= 0 && stage.isEmpty())) {
        throw new VlmException(
            ErrorCode.INVALID_ARGUMENT,
            "'" + text + "' is no " + what + ": give one name, or stage=name,stage=name");
      }
      all.put(stage, value);
    }
    return all;
  }

  private static Map<String, String> with(Map<String, String> former, String key, String value) {
    Map<String, String> all = new TreeMap<>(former);
    all.put(key, value);
    return all;
  }
}
