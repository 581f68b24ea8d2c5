package dev.vlm4j.zoo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.Prompt;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import org.junit.jupiter.api.Test;

class ModelSourceTest {
  /** Its name would do for a repository of the Hub. */
  @Test
  void looksForNoModelOfTheNameOfAFile() {
    LoadOptions offline = LoadOptions.DEFAULT.withOffline();

    assertThatThrownBy(() -> Vlm4j.inputs("pom.xml", Prompt.user("hello"), offline))
        .isInstanceOf(VlmException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.MODEL_NOT_FOUND)
        .hasMessageContaining("pom.xml is a file");
  }
}
