package dev.vlm4j.conformance;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One way to run a case.
 *
 * @param options precision, and whether native forms are used
 * @param layout how the weights lie in the checkpoint
 */
record CaseExecution(CompileOptions options, TestCheckpoint.Layout layout) {
  /** With native forms, weights aligned. */
  static final CaseExecution DEFAULT =
      new CaseExecution(CompileOptions.DEFAULT, TestCheckpoint.Layout.ALIGNED);

  CaseExecution withoutNativeForms() {
    return new CaseExecution(new CompileOptions(options.precision(), false), layout);
  }

  CaseExecution atOddOffsets() {
    return new CaseExecution(options, TestCheckpoint.Layout.ODD_OFFSETS);
  }

  /** Returns the results of every run of the case, in order. */
  List<Map<String, Tensor>> results(Backend backend, RecordedCase recorded) {
    Graph graph = recorded.definition().graph();
    try (TestCheckpoint weights = TestCheckpoint.write(recorded.recording().weights(), layout);
        CompiledGraph compiled = backend.compile(graph, weights, options);
        GraphSession session = compiled.openSession(recorded.definition().session())) {
      List<Map<String, Tensor>> results = new ArrayList<>();
      for (Recording.Step step : recorded.recording().steps()) {
        Map<String, Tensor> result = step.apply(session);
        if (result != null) {
          results.add(result);
        }
      }
      return results;
    }
  }

  @Override
  public String toString() {
    return (options.nativeForms() ? "" : ", expanded")
        + (layout == TestCheckpoint.Layout.ODD_OFFSETS ? ", weights at odd offsets" : "");
  }
}
