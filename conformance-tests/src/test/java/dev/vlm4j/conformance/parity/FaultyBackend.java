package dev.vlm4j.conformance.parity;

import dev.vlm4j.backend.reference.ReferenceBackendProvider;
import dev.vlm4j.error.GraphProblem;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.Capability;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.OpSet;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.WeightSource;
import java.util.List;
import java.util.Set;

/**
 * The reference backend with something wrong.
 *
 * @param name what users type
 * @param reference computes
 * @param weight the weight that is read wrongly; empty for none
 * @param wrongSteps whether steps are computed at the wrong position
 */
record FaultyBackend(String name, Backend reference, String weight, boolean wrongSteps)
    implements Backend {

  /** Reads a weight of the vision tower wrongly. */
  public static final class Vision extends Provider {
    static final String SCOPE = "model.vision_tower.encoder.layers.0.mlp.fc2";

    public Vision() {
      super("faultyvision", SCOPE + ".weight", false);
    }
  }

  /** Reads a weight of the decoder wrongly. */
  public static final class Decoder extends Provider {
    static final String SCOPE = "model.language_model.layers.1.mlp.down_proj";

    public Decoder() {
      super("faultydecoder", SCOPE + ".weight", false);
    }
  }

  /** Computes the prompt well and every step at the wrong position. */
  public static final class Steps extends Provider {
    static final String SCOPE = "model.language_model.rotary_emb";

    public Steps() {
      super("faultysteps", "", true);
    }
  }

  /** What the three have in common. */
  abstract static class Provider implements BackendProvider {
    private final String name;
    private final String weight;
    private final boolean wrongSteps;

    Provider(String name, String weight, boolean wrongSteps) {
      this.name = name;
      this.weight = weight;
      this.wrongSteps = wrongSteps;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int opSetVersion() {
      return OpSet.VERSION;
    }

    @Override
    public String description() {
      return "wrong on purpose";
    }

    @Override
    public Backend create(BackendOptions options) {
      return new FaultyBackend(
          name, new ReferenceBackendProvider().create(options), weight, wrongSteps);
    }
  }

  @Override
  public String engineVersion() {
    return reference.engineVersion();
  }

  @Override
  public Set<Precision> precisions() {
    return reference.precisions();
  }

  @Override
  public Precision preferredPrecision(StorageType stored) {
    return reference.preferredPrecision(stored);
  }

  @Override
  public boolean supports(Capability capability) {
    return reference.supports(capability);
  }

  @Override
  public List<GraphProblem> check(Graph graph, CompileOptions options) {
    return reference.check(graph, options);
  }

  @Override
  public CompiledGraph compile(Graph graph, WeightSource weights, CompileOptions options) {
    CompiledGraph compiled = reference.compile(graph, new FaultyWeights(weights, weight), options);
    return wrongSteps ? new FaultySteps(compiled) : compiled;
  }

  @Override
  public void close() {
    reference.close();
  }
}
