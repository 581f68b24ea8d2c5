package dev.vlm4j.conformance.checkpoint;

import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.conformance.BackendUnderTest;
import dev.vlm4j.zoo.Vlm4j;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A checkpoint on a backend: loaded at the first case, closed after the last one. */
final class CheckpointUnderTest implements AutoCloseable {
  private final GoldenCheckpoint checkpoint;
  private final BackendUnderTest subject;
  private final Path folder;
  private @Nullable VisionLanguageModel model;
  private @Nullable StagedCheckpoint staged;

  CheckpointUnderTest(GoldenCheckpoint checkpoint, BackendUnderTest subject, Path folder) {
    this.checkpoint = checkpoint;
    this.subject = subject;
    this.folder = folder;
  }

  /** Runs one case on the backend. */
  void check(GoldenCase golden) {
    GoldenCheck check = check(golden, subject.provider().name());
    ModelInputs inputs = check.inputs(model());
    check.stages(staged(), subject.backend(), inputs);
    check.answer(model());
  }

  private GoldenCheck check(GoldenCase golden, String backend) {
    return new GoldenCheck(
        "checkpoint %s, case %s, backend %s".formatted(checkpoint, golden.name(), backend), golden);
  }

  private VisionLanguageModel model() {
    if (model == null) {
      model = Vlm4j.load(folder, RequestFixture.options(subject));
    }
    return model;
  }

  private StagedCheckpoint staged() {
    if (staged == null) {
      staged = new StagedCheckpoint(folder);
    }
    return staged;
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
    }
    if (staged != null) {
      staged.close();
    }
  }
}
