package dev.vlm4j.conformance.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.vlm4j.conformance.BackendUnderTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The promises about requests on all backends; {@link SupportMatrixTest} runs the numbers. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.vlm4j.conformance.BackendUnderTest#required")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestConformanceTest implements RequestTests {
  private final GoldenFiles files = GoldenFiles.unpack();
  @Parameter @Nullable BackendUnderTest required;

  @Override
  public RequestFixture fixture() {
    return new RequestFixture(files, requireNonNull(required));
  }

  @AfterAll
  void deleteFiles() {
    files.close();
  }
}
