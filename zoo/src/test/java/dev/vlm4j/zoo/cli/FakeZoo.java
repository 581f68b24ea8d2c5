package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.ModelInfo;
import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.spi.Capability;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.ProcessorArchitecture;
import dev.vlm4j.zoo.BackendStatus;
import dev.vlm4j.zoo.DownloadedModel;
import dev.vlm4j.zoo.LoadOptions;
import dev.vlm4j.zoo.ModelPlan;
import dev.vlm4j.zoo.PlanRequest;
import dev.vlm4j.zoo.catalog.KnownCheckpoint;
import dev.vlm4j.zoo.doctor.Finding;
import dev.vlm4j.zoo.doctor.Health;
import dev.vlm4j.zoo.parity.EngineParity;
import dev.vlm4j.zoo.parity.OtherToken;
import dev.vlm4j.zoo.parity.ParityReport;
import dev.vlm4j.zoo.parity.ParityRequest;
import dev.vlm4j.zoo.parity.ParityStage;
import dev.vlm4j.zoo.parity.ParityTrace;
import dev.vlm4j.zoo.parity.StageParity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** A product with one model, whose name is not "missing". */
final class FakeZoo implements Zoo {
  final FakeModel model = new FakeModel();
  final List<ParityRequest> compared = new ArrayList<>();
  final List<String> loaded = new ArrayList<>();
  LoadOptions options = LoadOptions.DEFAULT;

  @Override
  public VisionLanguageModel load(String id, LoadOptions options) {
    if (id.equals("missing")) {
      throw new VlmException(ErrorCode.MODEL_NOT_FOUND, "there is no model 'missing'");
    }
    if (id.equals("huge")) {
      throw new OutOfMemoryError("Java heap space");
    }
    loaded.add(id);
    this.options = options;
    return model;
  }

  @Override
  public ModelInputs inputs(String id, Prompt prompt, LoadOptions load) {
    options = load;
    return model.inputs(prompt);
  }

  @Override
  public ModelPlan plan(String id, LoadOptions options, PlanRequest request) {
    loaded.add(id);
    return new ModelPlan(
        id,
        Optional.of("c0ffee"),
        "llava",
        Optional.of("llava"),
        "",
        Optional.of("apache-2.0"),
        Optional.of(true),
        List.of("auto_map is never run"),
        List.of(
            new ModelPlan.PlannedFile("config.json", 10, true),
            new ModelPlan.PlannedFile("model.safetensors", 2_000_000, false)),
        5_000_000_000L,
        Map.of("BF16", 1_000_000L),
        2048,
        request.context() == 0 ? 2048 : request.context(),
        request.image().isEmpty() ? OptionalInt.empty() : OptionalInt.of(576),
        List.of(
            new ModelPlan.Memory("onnxruntime", "fp32", 4_000_000, 10, 20, 300_000_000),
            new ModelPlan.Memory("djl", "bf16", 2_000_000, 5, 20, 300_000_000)),
        303_000_000,
        List.of(
            new ModelPlan.Fit("djl", List.of("bf16"), ""),
            new ModelPlan.Fit("onnxruntime", List.of(), "the native library is missing")));
  }

  @Override
  public DownloadedModel download(String id, LoadOptions options) {
    loaded.add(id);
    this.options = options;
    return new DownloadedModel(
        id,
        options.hub().effectiveRevision().text(),
        "c0ffee",
        Path.of("snapshots", "c0ffee"),
        3,
        12);
  }

  /** A backend named "wrong" is beyond, all others are within. */
  @Override
  public ParityReport parity(String id, LoadOptions options, ParityRequest request) {
    compared.add(request);
    this.options = options;
    return new ParityReport(
        id,
        List.of(new ModelInfo.Stage("decoder", request.base(), "1", "fp32")),
        model.generate(request.prompt()),
        request.others().stream().map(FakeZoo::parity).toList());
  }

  private static EngineParity parity(String backend) {
    boolean wrong = backend.equals("wrong");
    double difference = wrong ? Double.POSITIVE_INFINITY : 1e-6;
    OtherToken other = new OtherToken(1, OptionalInt.of(8), OptionalInt.empty());
    ParityTrace trace =
        new ParityTrace(
            "decoder",
            2,
            Optional.of(new ParityTrace.Place("layers.3.mlp", "Linear[]", 0.5, 1e-3)));
    return new EngineParity(
        List.of(new ModelInfo.Stage("decoder", backend, "2.7.1", "fp32")),
        List.of(new StageParity(ParityStage.FIRST_LOGITS, difference, 0, 1e-3)),
        wrong ? Optional.of(other) : Optional.empty(),
        true,
        wrong ? Optional.of(trace) : Optional.empty());
  }

  @Override
  public ParsedAnswer parse(
      String id, LoadOptions load, String task, String text, Optional<PictureSize> picture) {
    options = load;
    if (task.equals("none")) {
      throw new VlmException(ErrorCode.INVALID_ARGUMENT, "there is no task none; there are: find");
    }
    return FakeModel.parsed(task, text, picture);
  }

  /** Sound when offline; else the Hub is out of reach. */
  @Override
  public List<Finding> doctor(LoadOptions options) {
    Finding java = new Finding("java", Health.OK, "17.0.15", "");
    Finding memory = new Finding("memory", Health.WARNING, "1.0 GB of 2.0 GB", "close programs");
    Finding hub = new Finding("endpoint", Health.PROBLEM, "no answer", "check the network");
    return options.hub().offline() ? List.of(java, memory) : List.of(java, memory, hub);
  }

  @Override
  public List<BackendStatus> backends() {
    return List.of(
        new BackendStatus(
            "onnxruntime",
            "ONNX Runtime",
            true,
            "1.29.0",
            Set.of(Precision.INT8, Precision.FP32),
            Set.of(Capability.WEIGHTS_IN_PLACE),
            50_000_000,
            ""),
        new BackendStatus(
            "djl", "PyTorch", false, "", Set.of(), Set.of(), 0, "the native library is missing"));
  }

  @Override
  public List<KnownCheckpoint> checkpoints() {
    return List.of(
        new KnownCheckpoint(
            "llava-7b",
            "llava-hf/llava-1.5-7b-hf",
            "llava",
            "LLaVA",
            OptionalLong.of(7_063_427_072L),
            Optional.of("MIT"),
            Optional.of(true),
            "questions",
            Map.of("djl", new KnownCheckpoint.Conformance(2, 3))),
        new KnownCheckpoint(
            "seer-1b",
            "org/seer",
            "seer",
            "Seer",
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            "sights",
            Map.of()));
  }

  @Override
  public List<Architecture> architectures() {
    return List.of(
        new Architecture() {
          @Override
          public String name() {
            return "llava";
          }

          @Override
          public List<String> modelTypes() {
            return List.of("llava");
          }

          @Override
          public List<String> testedCheckpoints() {
            return List.of("llava-hf/llava-1.5-7b-hf");
          }

          @Override
          public ModelAdapter adapt(CheckpointConfig config) {
            throw new UnsupportedOperationException();
          }
        },
        new ProcessorArchitecture() {
          @Override
          public String name() {
            return "seer";
          }

          @Override
          public List<String> modelTypes() {
            return List.of("seer", "seer2");
          }

          @Override
          public List<String> testedCheckpoints() {
            return List.of("org/seer");
          }

          @Override
          public ModelProcessor processor(CheckpointConfig config) {
            throw new UnsupportedOperationException();
          }
        });
  }
}
