package dev.vlm4j.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Ring 1: every primitive gives PyTorch's values. */
interface OperatorTests {
  /** Returns the backend that is examined. */
  BackendUnderTest subject();

  @TestFactory
  default Stream<DynamicTest> computesEveryPrimitive() {
    return Catalog.operators().stream()
        .map(
            recorded ->
                DynamicTest.dynamicTest(
                    recorded.name(),
                    () ->
                        new CaseCheck(subject().backend(), recorded).check(CaseExecution.DEFAULT)));
  }

  @TestFactory
  default Stream<DynamicTest> readsWeightsAtOddOffsets() {
    return Catalog.operators().stream()
        .filter(recorded -> !recorded.recording().weights().isEmpty())
        .map(
            recorded ->
                DynamicTest.dynamicTest(
                    recorded.name(),
                    () ->
                        new CaseCheck(subject().backend(), recorded)
                            .check(CaseExecution.DEFAULT.atOddOffsets())));
  }
}
