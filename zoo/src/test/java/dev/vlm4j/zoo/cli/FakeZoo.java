package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.spi.Capability;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.zoo.BackendStatus;
import dev.vlm4j.zoo.LoadOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A product with one model, whose name is not "missing". */
final class FakeZoo implements Zoo {
  final FakeModel model = new FakeModel();
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
  public ModelInputs inputs(String id, Prompt prompt) {
    return model.inputs(prompt);
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
            ""),
        new BackendStatus(
            "djl", "PyTorch", false, "", Set.of(), Set.of(), "the native library is missing"));
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
        });
  }
}
