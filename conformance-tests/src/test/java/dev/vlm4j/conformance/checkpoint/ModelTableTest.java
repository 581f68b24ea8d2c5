package dev.vlm4j.conformance.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.spi.Architecture;
import dev.vlm4j.zoo.Vlm4j;
import dev.vlm4j.zoo.catalog.KnownCheckpoint;
import dev.vlm4j.zoo.catalog.KnownCheckpoint.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page of known checkpoints and the states that {@code models} prints are those of the support
 * matrix in {@code README.md}. With {@code -Dvlm4j.updateDocs=true} both are written again.
 */
class ModelTableTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Path PAGE = Path.of("..", "docs", "models.md");
  private static final Path STATES =
      Path.of("..", "zoo/src/main/resources/dev/vlm4j/zoo/catalog/conformance.txt");
  private static final String HINT = "run with -Dvlm4j.updateDocs=true to write it again";

  private static Map<String, Map<String, Conformance>> states() throws IOException {
    return ModelTable.states(SupportMatrix.blockOf(Files.readString(README)), families());
  }

  private static Set<String> families() {
    return Vlm4j.checkpoints().stream().map(KnownCheckpoint::family).collect(Collectors.toSet());
  }

  /** Also called after the matrix has been written anew. */
  static void writeAgain() throws IOException {
    Files.writeString(STATES, ModelTable.file(states()));
    Files.writeString(PAGE, ModelTable.page(Vlm4j.checkpoints(), Vlm4j.architectures(), states()));
  }

  @Test
  void theFilesShowTheSupportMatrix() throws IOException {
    if (Boolean.getBoolean("vlm4j.updateDocs")) {
      writeAgain();
    }
    assertThat(STATES).as(HINT).content().isEqualTo(ModelTable.file(states()));
    assertThat(PAGE)
        .as(HINT)
        .content()
        .isEqualTo(ModelTable.page(Vlm4j.checkpoints(), Vlm4j.architectures(), states()));
  }

  @Test
  void knowsEveryCheckpointThatAnArchitectureWithGraphsIsTestedWith() {
    List<String> tested =
        Vlm4j.architectures().stream()
            .filter(Architecture::hasGraphs)
            .flatMap(architecture -> architecture.testedCheckpoints().stream())
            .toList();
    assertThat(Vlm4j.checkpoints()).extracting(KnownCheckpoint::id).containsAll(tested);
  }

  @Test
  void sumsTheRowsOfAFamily() {
    String matrix =
        """
        | Checkpoint | djl | reference |
        | --- | --- | --- |
        | Seer: one | 2/2 | **1/2** |
        | Seer: two | 3/4 | not run |
        | Seer 2: one | 1/1 | 1/1 |
        """;
    assertThat(ModelTable.states(matrix, Set.of("Seer")))
        .isEqualTo(
            Map.of(
                "Seer", Map.of("djl", new Conformance(5, 6), "reference", new Conformance(1, 2))));
  }
}
