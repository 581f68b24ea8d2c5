package dev.vlm4j.zoo;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.zoo.catalog.Catalog;
import dev.vlm4j.zoo.catalog.KnownCheckpoint;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import dev.vlm4j.zoo.doctor.Doctor;
import dev.vlm4j.zoo.doctor.Finding;
import dev.vlm4j.zoo.hub.HubException;
import dev.vlm4j.zoo.parity.ParityReport;
import dev.vlm4j.zoo.parity.ParityRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The way in: loads vision-language models. Thread-safe. */
public final class Vlm4j {
  /** Identifier of the small model, with the library, that answers questions. */
  public static final String BUILTIN = "builtin";

  /** Identifier of the small model, also with the library, that says where things are. */
  public static final String BUILTIN_DETECTOR = "builtin-detector";

  private Vlm4j() {}

  /** Loads a model with default options; see {@link #load(String, LoadOptions)}. */
  public static VisionLanguageModel load(String model) {
    return load(model, LoadOptions.DEFAULT);
  }

  /**
   * Loads a model. Weights are mapped, not copied, where the engine allows. What is missing of a
   * model on a Hub is downloaded into the official cache, which Python programs share.
   *
   * @param model a folder in Hub layout, a Hub identifier such as {@code org/name} or {@code
   *     modelscope:org/name}, an alias of {@link #checkpoints()} such as {@code qwen2.5-vl-3b},
   *     {@link #BUILTIN} or {@link #BUILTIN_DETECTOR}; a folder that exists comes first
   * @param options engine, precision, threads, revision, cache
   * @return the model; close it
   * @throws VlmException {@code MODEL_NOT_FOUND}, {@code FILE_MISSING}, {@code CONFIG_INVALID},
   *     {@code ARCHITECTURE_UNKNOWN}, {@code ARCHITECTURE_UNSUPPORTED}, {@code WEIGHTS_MISMATCH},
   *     {@code WEIGHTS_INVALID}, {@code TOKENIZER_INVALID}, {@code CHAT_TEMPLATE}, {@code
   *     BACKEND_UNKNOWN}, {@code BACKEND_UNAVAILABLE}, {@code PRECISION_UNSUPPORTED}, {@code
   *     MEMORY_SHORT} or {@code ENGINE_FAILURE}; for a model on a Hub also a {@link HubException},
   *     {@code DISK_FULL} or {@code IO_FAILURE}
   */
  public static VisionLanguageModel load(String model, LoadOptions options) {
    Injector zoo = zoo();
    String name = ModelSource.named(model);
    CheckpointFolder folder = zoo.getInstance(ModelSource.class).complete(name, options.hub());
    return zoo.getInstance(ModelLoader.class).load(name, folder, options);
  }

  /**
   * Makes a model of a Hub present in the cache without loading it.
   *
   * @param model identifier such as {@code org/name}, or an alias
   * @throws VlmException as {@link #load(String, LoadOptions)}
   */
  public static DownloadedModel download(String model, LoadOptions options) {
    return zoo().getInstance(ModelSource.class).download(ModelSource.named(model), options.hub());
  }

  /**
   * Finds out what loading a model would take. Of a model on a Hub, the small files are fetched and
   * the headers of the weight files are read; no weight is.
   *
   * @throws VlmException as {@link #load(String, LoadOptions)}
   */
  public static ModelPlan plan(String model, LoadOptions options, PlanRequest request) {
    Injector zoo = zoo();
    PlannedSource source =
        zoo.getInstance(ModelSource.class).planned(ModelSource.named(model), options.hub());
    return zoo.getInstance(ModelPlanner.class).plan(source, options, request);
  }

  /** Loads a model from a folder; see {@link #load(String, LoadOptions)}. */
  public static VisionLanguageModel load(Path folder, LoadOptions options) {
    return loader().load(folder.toString(), CheckpointFolder.open(folder), options);
  }

  /** Returns everything that a model would see of a prompt; needs neither weights nor an engine. */
  public static ModelInputs inputs(String model, Prompt prompt) {
    return inputs(model, prompt, LoadOptions.DEFAULT);
  }

  /**
   * Returns what a model loaded with these options would see of a prompt; of a model on a Hub, only
   * the small files are fetched.
   */
  public static ModelInputs inputs(String model, Prompt prompt, LoadOptions options) {
    Injector zoo = zoo();
    CheckpointFolder folder =
        zoo.getInstance(ModelSource.class).settings(ModelSource.named(model), options.hub());
    return zoo.getInstance(ModelLoader.class).inputs(folder, prompt, options.inputs());
  }

  /**
   * Runs one request on several engines, one after the other, and measures how far each lies from
   * the base at every stage. The base computes in fp32, the others in the precision that the
   * options say.
   *
   * @param model see {@link #load(String, LoadOptions)}
   * @param options precision, threads, device; the backends are those of the request
   * @param request which engines, and what is asked
   * @throws VlmException what {@link #load(String, LoadOptions)} and {@link
   *     VisionLanguageModel#generate} throw
   */
  public static ParityReport parity(String model, LoadOptions options, ParityRequest request) {
    Injector zoo = zoo();
    String name = ModelSource.named(model);
    CheckpointFolder folder = zoo.getInstance(ModelSource.class).complete(name, options.hub());
    return zoo.getInstance(ModelLoader.class).parity(name, folder, options, request);
  }

  /**
   * Reads an answer that was generated before; needs neither weights nor an engine. A text that
   * cannot be read is no error: the result says why.
   *
   * @param model whose answer it is
   * @param task what was asked, for example {@code <OD>}
   * @param text the answer, special tokens included
   * @param picture size of the original picture; places cannot be read without
   * @throws VlmException {@code INVALID_ARGUMENT} if answers of the model name no places, or for an
   *     unknown task
   */
  public static ParsedAnswer parse(
      String model, String task, String text, Optional<PictureSize> picture) {
    return parse(model, LoadOptions.DEFAULT, task, text, picture);
  }

  /**
   * Reads an answer that was generated before; see {@link #parse(String, String, String,
   * Optional)}.
   *
   * @param options as the model was loaded with: settings of pictures decide what size the model
   *     saw, and some models count places in that
   */
  public static ParsedAnswer parse(
      String model, LoadOptions options, String task, String text, Optional<PictureSize> picture) {
    Injector zoo = zoo();
    CheckpointFolder folder =
        zoo.getInstance(ModelSource.class).settings(ModelSource.named(model), options.hub());
    return zoo.getInstance(ModelLoader.class).parse(folder, options, task, text, picture);
  }

  /**
   * Looks whether this machine is fit to run models: Java, processor, memory, disk, engines, cache
   * and Hub. Loads every engine; what fails becomes a finding.
   */
  public static List<Finding> doctor(LoadOptions options) {
    return zoo().getInstance(Doctor.class).examine(options.hub());
  }

  /** Returns the installed backends in the order of their names; loads every engine to ask it. */
  public static List<BackendStatus> backends() {
    return loader().backends();
  }

  /** Returns checkpoints that people know, with the aliases that can be used to name them. */
  public static List<KnownCheckpoint> checkpoints() {
    return Catalog.ofVersion().all();
  }

  /** Returns the installed architectures. */
  public static List<Architecture> architectures() {
    return loader().architectures();
  }

  private static ModelLoader loader() {
    return zoo().getInstance(ModelLoader.class);
  }

  private static Injector zoo() {
    return Guice.createInjector(Stage.DEVELOPMENT, new ZooModule());
  }
}
