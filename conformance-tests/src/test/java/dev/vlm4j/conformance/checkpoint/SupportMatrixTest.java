package dev.vlm4j.conformance.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.conformance.BackendUnderTest;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.NamedServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every checkpoint on every backend, and then the table in {@code README.md}, which must show what
 * just happened. To write it anew: {@code mvn verify -pl conformance-tests -am
 * -Dvlm4j.updateDocs=true}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SupportMatrixTest {
  private static final String UPDATE = "vlm4j.updateDocs";
  private static final Path README = Path.of("..", "README.md");
  private static final Path TABLE = Path.of("target", "support-matrix.md");

  private final GoldenFiles files = GoldenFiles.unpack();
  private final List<BackendUnderTest> backends = BackendUnderTest.required();
  private final SupportMatrix results = new SupportMatrix();

  @TestFactory
  Stream<DynamicNode> computesWhatTheReferenceLibraryComputes() {
    List<DynamicNode> nodes = new ArrayList<>();
    for (BackendUnderTest backend : backends) {
      nodes.add(
          DynamicContainer.dynamicContainer(
              backend.toString(), new CheckpointTests(files, backend, results).all()));
    }
    nodes.add(DynamicTest.dynamicTest("README.md shows these results", this::compareReadme));
    return nodes.stream();
  }

  private void compareReadme() throws IOException {
    Files.createDirectories(TABLE.toAbsolutePath().getParent());
    Files.writeString(TABLE, results.markdown());
    boolean all = backends.size() == installed();
    if (Boolean.getBoolean(UPDATE)) {
      assertThat(all).as("the matrix is written only after a run of all backends").isTrue();
      Files.writeString(README, results.replaceIn(Files.readString(README)));
      ModelTableTest.writeAgain();
    }
    String shown = SupportMatrix.blockOf(Files.readString(README));
    assertThat(all ? shown : results.columnsOf(shown))
        .as("README.md is stale; see %s, or run with -D%s=true", TABLE, UPDATE)
        .isEqualTo(results.markdown());
  }

  private static int installed() {
    return NamedServices.load(BackendProvider.class, provider -> List.of(provider.name()))
        .names()
        .size();
  }

  @AfterAll
  void close() {
    backends.forEach(BackendUnderTest::close);
    files.close();
  }
}
