package dev.vlm4j.zoo.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.TextPart;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Which of several chat templates counts, against what {@code template_homes.py} recorded. */
class TemplateHomesTest {
  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> rendersTheTemplateThatTheReferenceRenders() throws IOException {
    JsonNode recorded;
    try (InputStream in = TemplateHomesTest.class.getResourceAsStream("template-homes.json")) {
      recorded = new ObjectMapper().readTree(Objects.requireNonNull(in));
    }
    return recorded.properties().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> compare(entry.getValue())));
  }

  private void compare(JsonNode recorded) throws IOException {
    Path folder = Files.createTempDirectory(temporary, "homes");
    Files.writeString(folder.resolve("config.json"), "{}");
    for (Map.Entry<String, JsonNode> file : recorded.path("files").properties()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue().asText());
    }
    if (recorded.has("refused")) {
      assertThatThrownBy(() -> render(folder))
          .isInstanceOfSatisfying(
              VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHAT_TEMPLATE));
    } else {
      assertThat(render(folder)).isEqualTo(recorded.path("text").asText());
    }
  }

  private static String render(Path folder) {
    return ChatRenderer.of(CheckpointFolder.open(folder), Map.of())
        .render(Prompt.user("hi"))
        .stream()
        .map(TextPart::text)
        .collect(Collectors.joining());
  }
}
