package dev.vlm4j.conformance.checkpoint;

import dev.vlm4j.conformance.BackendUnderTest;
import dev.vlm4j.spi.BackendProvider;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What a backend must do with whole checkpoints: compute what Hugging Face Transformers computes,
 * and keep the promises of {@link dev.vlm4j.api.VisionLanguageModel}. A backend's own test extends
 * this class; its provider must also be listed for {@link java.util.ServiceLoader}, because models
 * are loaded by the backend's name:
 *
 * <pre>{@code
 * class MyEngineCheckpointTest extends CheckpointConformance {
 *   @Override
 *   protected BackendProvider provider() {
 *     return new MyEngineBackendProvider();
 *   }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CheckpointConformance implements RequestTests {
  private final GoldenFiles files = GoldenFiles.unpack();
  private @Nullable BackendUnderTest subject;

  /** Returns the backend to examine; called once. */
  protected abstract BackendProvider provider();

  @Override
  public final RequestFixture fixture() {
    return new RequestFixture(files, subject());
  }

  private BackendUnderTest subject() {
    if (subject == null) {
      subject = new BackendUnderTest(provider());
    }
    return subject;
  }

  @TestFactory
  final Stream<DynamicNode> computesWhatTheReferenceLibraryComputes() {
    return new CheckpointTests(files, subject(), new SupportMatrix()).all();
  }

  @AfterAll
  final void closeBackend() {
    subject().close();
    files.close();
  }
}
