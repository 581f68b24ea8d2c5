package dev.vlm4j.conformance.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.graph.GraphPrinter;
import dev.vlm4j.spi.ModelAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The graphs of a tiny LLaVA as text: shows in a review what a change does to every graph. */
class GraphPrintTest {
  private static final Path EXPECTED =
      Path.of("src/test/resources/dev/vlm4j/conformance/checkpoint/llava-graphs.txt");

  @Test
  void theGraphsOfLlavaAreTheRecordedOnes() throws IOException {
    String printed = print();
    if (Boolean.getBoolean("vlm4j.updateDocs")) {
      Files.writeString(EXPECTED, printed);
    }
    assertThat(EXPECTED)
        .as("run with -Dvlm4j.updateDocs=true to write it again")
        .content()
        .isEqualTo(printed);
  }

  private static String print() {
    try (GoldenFiles files = GoldenFiles.unpack();
        StagedCheckpoint checkpoint = new StagedCheckpoint(files.model("llava-1.5"))) {
      return GraphPrinter.print(checkpoint.graph(ModelAdapter.VISION))
          + GraphPrinter.print(checkpoint.graph(ModelAdapter.DECODER));
    }
  }
}
