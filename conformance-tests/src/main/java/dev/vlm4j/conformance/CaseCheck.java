package dev.vlm4j.conformance;

import dev.vlm4j.backend.reference.ReferenceBackendProvider;
import dev.vlm4j.error.GraphProblem;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.spi.Tolerance;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Compares what a backend computes with PyTorch's recorded values and with the reference backend.
 */
final class CaseCheck {
  private final Backend backend;
  private final RecordedCase recorded;

  CaseCheck(Backend backend, RecordedCase recorded) {
    this.backend = backend;
    this.recorded = recorded;
  }

  /** Runs the case in one way. */
  List<Map<String, Tensor>> check(CaseExecution execution) {
    List<GraphProblem> problems = backend.check(recorded.definition().graph(), execution.options());
    if (!problems.isEmpty()) {
      throw new AssertionError(where(execution) + ": is said to be unsupported: " + problems);
    }
    List<Map<String, Tensor>> actual = results(backend, execution);
    compare(execution, "PyTorch", recordedResults(), actual);
    try (Backend reference = new ReferenceBackendProvider().create(BackendOptions.DEFAULT)) {
      compare(execution, "reference backend", execution.results(reference, recorded), actual);
    }
    return actual;
  }

  /** Runs the case with native forms and with their expansions, which must agree. */
  void checkBothForms() {
    CaseExecution expanded = CaseExecution.DEFAULT.withoutNativeForms();
    List<Map<String, Tensor>> ofExpansion = check(expanded);
    List<Map<String, Tensor>> ofNativeForm = check(CaseExecution.DEFAULT);
    compare(CaseExecution.DEFAULT, "expansion", ofExpansion, ofNativeForm);
  }

  private List<Map<String, Tensor>> results(Backend on, CaseExecution execution) {
    try {
      return execution.results(on, recorded);
    } catch (RuntimeException e) {
      throw new AssertionError(where(execution) + ": fails: " + e.getMessage(), e);
    }
  }

  private List<Map<String, Tensor>> recordedResults() {
    return recorded.recording().runs().stream().map(Recording.Run::outputs).toList();
  }

  private void compare(
      CaseExecution execution,
      String source,
      List<Map<String, Tensor>> expected,
      List<Map<String, Tensor>> actual) {
    Tolerance tolerance = Tolerances.of(recorded.name());
    for (int run = 0; run < expected.size(); run++) {
      Map<String, Tensor> results = actual.get(run);
      String where = where(execution) + ", run " + run;
      if (!results.keySet().equals(expected.get(run).keySet())) {
        throw new AssertionError(where + ": returns the outputs " + results.keySet());
      }
      expected
          .get(run)
          .forEach(
              (name, tensor) ->
                  new Comparison(where + ", output " + name, source, tolerance)
                      .check(tensor, Objects.requireNonNull(results.get(name))));
    }
  }

  private String where(CaseExecution execution) {
    return "case " + recorded.name() + " on " + backend.name() + execution;
  }
}
