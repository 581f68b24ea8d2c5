package dev.vlm4j.conformance;

import dev.vlm4j.spi.BackendProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * Everything that a backend must pass. A backend's own test extends this class and returns its
 * provider:
 *
 * <pre>{@code
 * class MyEngineConformanceTest extends BackendConformanceSuite {
 *   @Override
 *   protected BackendProvider provider() {
 *     return new MyEngineBackendProvider();
 *   }
 * }
 * }</pre>
 *
 * <p>What a backend does not {@linkplain dev.vlm4j.spi.Backend#supports support} must fail with the
 * typed error; nothing is skipped.
 */
public abstract class BackendConformanceSuite
    implements OperatorTests,
        CompositeTests,
        SessionTests,
        RowTests,
        InputTests,
        PrecisionTests,
        LifecycleTests,
        CapabilityTests {
  private @Nullable BackendUnderTest subject;

  /** Returns the backend to examine; called once per test method. */
  protected abstract BackendProvider provider();

  @Override
  public final BackendUnderTest subject() {
    if (subject == null) {
      subject = new BackendUnderTest(provider());
    }
    return subject;
  }

  @AfterEach
  final void closeBackend() {
    subject().close();
  }
}
