package dev.vlm4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class BackendUnderTestTest {

  @Test
  void anAbsentRequiredBackendFailsTheRun() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> requiring("reference,absentengine"))
        .withMessageContaining("absent [absentengine]");
  }

  @Test
  void anEmptyListOfBackendsFailsTheRun() {
    assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> requiring(""));
  }

  @Test
  void findsInstalledBackendsByTheServiceLoader() {
    assertThat(requiring("reference"))
        .extracting(BackendUnderTest::toString)
        .containsExactly("reference");
  }

  private static List<BackendUnderTest> requiring(String names) {
    String former = System.getProperty(BackendUnderTest.REQUIRED);
    System.setProperty(BackendUnderTest.REQUIRED, names);
    try {
      return BackendUnderTest.required();
    } finally {
      if (former == null) {
        System.clearProperty(BackendUnderTest.REQUIRED);
      } else {
        System.setProperty(BackendUnderTest.REQUIRED, former);
      }
    }
  }
}
