package dev.vlm4j.zoo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.Image;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanOfPictureTest {
  @TempDir Path folder;

  @Test
  void saysThatThePictureIsWrongAndNotTheModel() throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "hello");
    PlanRequest request = new PlanRequest(Optional.of(Image.of(text)), 0);

    assertThatThrownBy(() -> Vlm4j.plan(Vlm4j.BUILTIN, LoadOptions.DEFAULT, request))
        .isInstanceOf(VlmException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.IMAGE_UNSUPPORTED_FORMAT)
        .hasMessageContaining("text.png");
  }
}
