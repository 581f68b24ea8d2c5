package dev.vlm4j.conformance.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.LoadOptions;
import dev.vlm4j.zoo.Vlm4j;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** P27: a model that does not fit is refused, and the program goes on. */
class MemoryLimitTest {
  private static final LoadOptions REFERENCE = LoadOptions.DEFAULT.withBackend("reference");

  private static final long LIMIT = 400_000_000;

  private final GoldenFiles files = GoldenFiles.unpack();
  private final GoldenCheckpoint checkpoint = files.checkpoint("llava-1.5");
  private final Path folder = new CheckpointFolders(files).folder(checkpoint);

  @AfterEach
  void close() {
    files.close();
  }

  @Test
  void refusesWithTheSumsAndLoadsAfterwards() {
    assertThatThrownBy(() -> Vlm4j.load(folder, REFERENCE.withMemoryLimit(100_000_000)))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_SHORT))
        .hasMessageContainingAll("weights", "cache of", "0.1 GB are available", "--ignore-memory");
    try (VisionLanguageModel model = Vlm4j.load(folder, REFERENCE)) {
      GoldenCase golden = checkpoint.cases().get(0);
      assertThat(model.generate(golden.prompt(), golden.options()).tokenIds())
          .isEqualTo(golden.answerIds());
    }
  }

  /** Long answers need caches: 310 MB are the program's, the weights take less than 1 MB. */
  @Test
  void refusesARequestThatIsTooLargeAndAnswersTheNext() {
    GoldenCase golden = checkpoint.cases().get(0);
    GenerationOptions greedy = golden.options();
    try (VisionLanguageModel model = Vlm4j.load(folder, REFERENCE.withMemoryLimit(LIMIT))) {
      int beams = 200_000;
      assertThatThrownBy(
              () -> model.generate(golden.prompt(), GenerationOptions.DEFAULT.withNumBeams(beams)))
          .isInstanceOfSatisfying(
              VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_SHORT))
          .hasMessageContainingAll("the request needs", "cache of", "--ignore-memory");
      assertThat(model.generate(golden.prompt(), greedy).tokenIds()).isEqualTo(golden.answerIds());
    }
  }

  @Test
  void loadsAllTheSameWhenToldTo() {
    Vlm4j.load(folder, REFERENCE.withMemoryLimit(Long.MAX_VALUE)).close();
  }

  @Test
  void aLimitIsNotNegative() {
    assertThatThrownBy(() -> REFERENCE.withMemoryLimit(-1))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }
}
