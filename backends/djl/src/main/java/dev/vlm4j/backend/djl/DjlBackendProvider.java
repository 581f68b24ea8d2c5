package dev.vlm4j.backend.djl;

import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.OpSet;

/** Entry of the PyTorch backend. Loads nothing until {@link #create}. Thread-safe. */
public final class DjlBackendProvider implements BackendProvider {
  static final String NAME = "djl";

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
    return "PyTorch through DJL; needs " + TorchEngine.ARTIFACTS;
  }

  @Override
  public Backend create(BackendOptions options) {
    return new DjlBackend(TorchEngine.load(options));
  }
}
