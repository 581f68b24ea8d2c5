package dev.vlm4j.zoo.doctor;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.NamedServices;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Loads every installed engine and lets it add two numbers. */
final class EngineExam {
  /** What vlm4j has; one that is not on the class path is no fault. */
  private static final List<String> KNOWN =
      List.of("djl", "onnxruntime", "reference", "tensorflow");

  private static final float[] SUM = {4, 6};

  private final NamedServices<BackendProvider> providers;
  private final Function<BackendProvider, Finding> exam;

  /**
   * Creates an exam.
   *
   * @param exam how one engine is examined: {@link #finding} here, or in another process
   */
  EngineExam(NamedServices<BackendProvider> providers, Function<BackendProvider, Finding> exam) {
    this.providers = providers;
    this.exam = exam;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    List<String> installed = providers.all().stream().map(BackendProvider::name).toList();
    if (installed.isEmpty()) {
      findings.add(
          Finding.problem(
              "engine", "none is on the class path", "add dev.vlm4j:vlm4j-backend-onnxruntime"));
    }
    providers.all().forEach(provider -> findings.add(exam.apply(provider)));
    KNOWN.stream()
        .filter(name -> !installed.contains(name))
        .forEach(
            name ->
                findings.add(
                    Finding.ok(
                        "engine " + name,
                        "not installed; dev.vlm4j:vlm4j-backend-" + name + " adds it")));
    return findings;
  }

  static String name(BackendProvider provider) {
    return "engine " + provider.name();
  }

  /** Examines an engine in this virtual machine. */
  static Finding finding(BackendProvider provider) {
    String name = name(provider);
    try (Backend backend = provider.create(BackendOptions.DEFAULT)) {
      String found = "version " + backend.engineVersion() + " loads";
      return run(name, backend, found);
    } catch (VlmException e) {
      return Finding.problem(name, "does not load", String.valueOf(e.getMessage()));
    } catch (LinkageError e) {
      return Finding.problem(
          name, "does not load: " + e, "it needs other files: " + provider.description());
    }
  }

  private static Finding run(String name, Backend backend, String found) {
    try {
      float[] sum = sum(backend);
      if (Arrays.equals(sum, SUM)) {
        return Finding.ok(name, found + ", runs a graph; " + precisions(backend));
      }
      return Finding.problem(
          name,
          found + ", adds wrongly: " + Arrays.toString(sum),
          "its native library is damaged, or made for another processor: delete it from the local"
              + " Maven repository and from the engine's own cache, and build again");
    } catch (VlmException e) {
      String advice =
          e.code() == ErrorCode.PRECISION_UNSUPPORTED
              ? "the engine computes in no precision that this machine has"
              : "its native library does not fit this machine; the line above says what it reports";
      return Finding.problem(name, found + ", fails to run a graph: " + e.getMessage(), advice);
    }
  }

  private static String precisions(Backend backend) {
    return backend.precisions().stream()
        .sorted()
        .map(Precision::label)
        .collect(Collectors.joining(" "));
  }

  private static float[] sum(Backend backend) {
    try (CompiledGraph compiled =
            backend.compile(addition(), NoWeights.INSTANCE, CompileOptions.DEFAULT);
        GraphSession session = compiled.openSession(SessionOptions.STATELESS)) {
      Map<String, Tensor> terms =
          Map.of(
              "a", Tensor.of(new float[] {1, 2}, 2),
              "b", Tensor.of(new float[] {3, 4}, 2));
      return Objects.requireNonNull(session.run(terms, Set.of("sum")).get("sum")).floats();
    }
  }

  private static Graph addition() {
    GraphBuilder graph = new GraphBuilder("addition");
    Value a = graph.input("a", DType.FLOAT, Dim.fixed(2));
    Value b = graph.input("b", DType.FLOAT, Dim.fixed(2));
    graph.output("sum", graph.root().add(a, b));
    return graph.build();
  }
}
