package dev.vlm4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OperatorTableTest {
  private static final Path PAGE = Path.of("..", "docs", "operators.md");

  @Test
  void thePageOfOperatorsIsUpToDate() throws IOException {
    if (Boolean.getBoolean("vlm4j.updateDocs")) {
      Files.writeString(PAGE, OperatorTable.markdown());
    }
    assertThat(PAGE)
        .as("run with -Dvlm4j.updateDocs=true to write it again")
        .content()
        .isEqualTo(OperatorTable.markdown());
  }
}
