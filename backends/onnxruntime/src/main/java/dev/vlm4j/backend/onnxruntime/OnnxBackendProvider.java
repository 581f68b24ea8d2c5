package dev.vlm4j.backend.onnxruntime;

import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.OpSet;

/** The backend {@code onnxruntime}. Thread-safe. */
public final class OnnxBackendProvider implements BackendProvider {
  static final String NAME = "onnxruntime";
  private static final int OP_SET = OpSet.VERSION;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int opSetVersion() {
    return OP_SET;
  }

  @Override
  public String description() {
    return "ONNX Runtime, in dev.vlm4j:vlm4j-backend-onnxruntime; for a GPU add "
        + OnnxEngine.GPU_ARTIFACT;
  }

  @Override
  public Backend create(BackendOptions options) {
    return new OnnxBackend(OnnxEngine.load(options));
  }
}
