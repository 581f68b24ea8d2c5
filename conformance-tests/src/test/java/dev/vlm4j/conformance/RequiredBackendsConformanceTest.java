package dev.vlm4j.conformance;

import dev.vlm4j.spi.BackendProvider;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit over every backend that {@link BackendUnderTest#REQUIRED} names. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.vlm4j.conformance.BackendUnderTest#required")
class RequiredBackendsConformanceTest extends BackendConformanceSuite {
  private final BackendUnderTest required;

  RequiredBackendsConformanceTest(BackendUnderTest required) {
    this.required = required;
  }

  @Override
  protected BackendProvider provider() {
    return required.provider();
  }
}
