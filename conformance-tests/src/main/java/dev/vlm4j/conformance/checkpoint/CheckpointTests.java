package dev.vlm4j.conformance.checkpoint;

import dev.vlm4j.conformance.BackendUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Every recorded case of every checkpoint on one backend. */
final class CheckpointTests {
  private final GoldenFiles files;
  private final BackendUnderTest subject;
  private final SupportMatrix results;

  /** Runs on that backend and notes in the matrix what passed. */
  CheckpointTests(GoldenFiles files, BackendUnderTest subject, SupportMatrix results) {
    this.files = files;
    this.subject = subject;
    this.results = results;
  }

  /** Returns one container per checkpoint with one test per case. */
  Stream<DynamicNode> all() {
    return files.checkpoints().stream().map(this::container);
  }

  private DynamicNode container(GoldenCheckpoint checkpoint) {
    CheckpointUnderTest tested =
        new CheckpointUnderTest(
            checkpoint, subject, new CheckpointFolders(files).folder(checkpoint));
    List<DynamicTest> tests = new ArrayList<>();
    for (GoldenCase golden : checkpoint.cases()) {
      tests.add(DynamicTest.dynamicTest(golden.name(), () -> run(checkpoint, tested, golden)));
    }
    tests.add(DynamicTest.dynamicTest("closes", tested::close));
    return DynamicContainer.dynamicContainer(checkpoint.name(), tests);
  }

  private void run(GoldenCheckpoint checkpoint, CheckpointUnderTest tested, GoldenCase golden) {
    results.started(checkpoint.about(), subject.provider().name());
    tested.check(golden);
    results.passed(checkpoint.about(), subject.provider().name());
  }
}
