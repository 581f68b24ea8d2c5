package dev.vlm4j.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Ring 2: native forms and expansions of every composite agree, with PyTorch and with each other.
 */
interface CompositeTests {
  /** Returns the backend that is examined. */
  BackendUnderTest subject();

  @TestFactory
  default Stream<DynamicTest> computesEveryComposite() {
    return Catalog.composites().stream()
        .map(
            recorded ->
                DynamicTest.dynamicTest(
                    recorded.name(),
                    () -> new CaseCheck(subject().backend(), recorded).checkBothForms()));
  }
}
