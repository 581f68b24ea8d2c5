package dev.vlm4j.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.GraphProblem;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.Capability;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.KeyTable;
import dev.vlm4j.spi.NamedServices;
import dev.vlm4j.spi.OpSet;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.WeightSource;
import dev.vlm4j.zoo.checkpoint.CheckpointWeights;
import dev.vlm4j.zoo.checkpoint.HubFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageCompilerTest {
  private static final String UNCLOSABLE = "unclosable";

  @TempDir Path temporary;
  private final List<String> closed = new ArrayList<>();

  /** Notes what is closed; graphs of one name fail to close. */
  private final class NotingBackend implements BackendProvider, Backend {
    private final String name;

    NotingBackend(String name) {
      this.name = name;
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
      return "notes";
    }

    @Override
    public Backend create(BackendOptions options) {
      return this;
    }

    @Override
    public String engineVersion() {
      return "1";
    }

    @Override
    public Set<Precision> precisions() {
      return Set.of(Precision.FP32);
    }

    @Override
    public Precision preferredPrecision(StorageType stored) {
      return Precision.FP32;
    }

    @Override
    public boolean supports(Capability capability) {
      return true;
    }

    @Override
    public List<GraphProblem> check(Graph graph, CompileOptions options) {
      return List.of();
    }

    @Override
    public CompiledGraph compile(Graph graph, WeightSource weights, CompileOptions options) {
      return new CompiledGraph() {
        @Override
        public GraphSession openSession(SessionOptions session) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
          closed.add(graph.name());
          if (graph.name().equals(UNCLOSABLE)) {
            throw new IllegalStateException("the engine hangs");
          }
        }
      };
    }

    @Override
    public void close() {
      closed.add(name);
    }
  }

  private StageCompiler compiler(LoadOptions options) {
    NamedServices<BackendProvider> providers =
        NamedServices.of(
            List.of(new NotingBackend("one"), new NotingBackend("two")),
            provider -> List.of(provider.name()));
    CheckpointWeights weights =
        CheckpointWeights.open(
            HubFolder.in(temporary).withTensor("model.safetensors", "a").open(),
            KeyTable.identity());
    return new StageCompiler(new OpeningEngines(new Engines(providers), options), options, weights);
  }

  private static Graph graph(String name) {
    GraphBuilder builder = new GraphBuilder(name);
    builder.output("y", builder.input("x", DType.INT, Dim.fixed(1)));
    return builder.build();
  }

  @Test
  void closesGraphsBeforeTheirBackends() {
    LoadOptions options = LoadOptions.DEFAULT.withBackend("one").withBackend("decoder", "two");
    StageCompiler compiler = compiler(options);
    compiler.compile(graph("vision"));
    compiler.compile(graph("decoder"));
    compiler.close();
    assertThat(closed).hasSize(4).startsWith("vision", "decoder").contains("one", "two");
  }

  @Test
  void makesABackendOnceForAllItsStages() {
    StageCompiler compiler = compiler(LoadOptions.DEFAULT.withBackend("one"));
    compiler.compile(graph("vision"));
    compiler.compile(graph("decoder"));
    compiler.close();
    assertThat(closed).containsExactly("vision", "decoder", "one");
  }

  @Test
  void closesTheRestWhenOneFailsAndSaysSo() {
    StageCompiler compiler = compiler(LoadOptions.DEFAULT.withBackend("one"));
    compiler.compile(graph(UNCLOSABLE));
    compiler.compile(graph("decoder"));
    assertThatThrownBy(compiler::close)
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ENGINE_FAILURE))
        .hasMessageContaining("closing failed: the engine hangs");
    assertThat(closed).containsExactly(UNCLOSABLE, "decoder", "one");
  }

  @Test
  void namesTheStageThatAnArchitectureLacks() {
    StageCompiler compiler = compiler(LoadOptions.DEFAULT.withBackend("one"));
    compiler.compile(graph("vision"));
    assertThatThrownBy(compiler::stages)
        .isInstanceOfSatisfying(
            VlmException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.ARCHITECTURE_UNSUPPORTED))
        .hasMessageContaining("no stage decoder");
    compiler.close();
  }
}
