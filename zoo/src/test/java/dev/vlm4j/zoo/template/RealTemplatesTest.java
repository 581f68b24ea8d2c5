package dev.vlm4j.zoo.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Renders the templates of real models and compares SHA-256 and length with Python's results. The
 * templates are read from the folder in the system property {@code vlm4j.hubMetadata}.
 */
class RealTemplatesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  List<DynamicTest> rendersEveryChatAsPythonDoes() throws IOException {
    JsonNode goldens = goldens();
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : goldens.get("renders").properties()) {
      String path = entry.getKey();
      tests.add(
          DynamicTest.dynamicTest(
              path, () -> compare(path, goldens.get("chats"), entry.getValue())));
    }
    return tests;
  }

  private static void compare(String path, JsonNode chats, JsonNode expected) throws IOException {
    ChatTemplate template = read(path);
    for (int i = 0; i < chats.size(); i++) {
      JsonNode golden = expected.get(i);
      Map<String, Object> context = context(chats.get(i));
      String name = chats.get(i).get("name").asText();
      if (golden.has("error")) {
        assertThatThrownBy(() -> template.render(context, Limits.standard()))
            .as(name)
            .isInstanceOf(TemplateException.class);
      } else {
        byte[] bytes = text(template.render(context, Limits.standard()));
        assertThat(bytes).as(name).hasSize(golden.get("bytes").asInt());
        assertThat(sha256(bytes)).as(name).isEqualTo(golden.get("sha256").asText());
      }
    }
  }

  @Test
  void findsThatLlavaAndSmolVlmReadPartsOnlyAndQwenBoth() throws IOException {
    Map<String, Object> context = Map.of("bos_token", "<s>");
    for (String partsOnly :
        List.of(
            "llava-hf__llava-1.5-7b-hf/chat_template.json",
            "HuggingFaceTB__SmolVLM-256M-Instruct/chat_template.json")) {
      ChatTemplate template = read(partsOnly);
      assertThat(template.accepts(ContentForm.PARTS, "user", context)).isTrue();
      assertThat(template.accepts(ContentForm.STRING, "user", context)).isFalse();
    }
    ChatTemplate qwen = read("Qwen__Qwen2.5-VL-3B-Instruct/chat_template.json");
    assertThat(qwen.accepts(ContentForm.PARTS, "system", context)).isTrue();
    assertThat(qwen.accepts(ContentForm.STRING, "assistant", context)).isTrue();
  }

  @Test
  void findsThatQwen3LosesUnknownRolesInEitherForm() throws IOException {
    ChatTemplate template = read("Qwen__Qwen3-VL-4B-Instruct/chat_template.json");
    assertThat(template.preferredContentForm("critic", Map.of())).isEmpty();
    assertThat(template.preferredContentForm("user", Map.of())).contains(ContentForm.PARTS);
  }

  private static JsonNode goldens() throws IOException {
    try (InputStream in = RealTemplatesTest.class.getResourceAsStream("real-templates.json")) {
      return JSON.readTree(Objects.requireNonNull(in));
    }
  }

  private static ChatTemplate read(String path) throws IOException {
    String folder = System.getProperty("vlm4j.hubMetadata", "");
    assumeTrue(!folder.isEmpty(), "the system property vlm4j.hubMetadata names no folder");
    Path file = Path.of(folder).resolve(path);
    assumeTrue(Files.isRegularFile(file), "the folder of vlm4j.hubMetadata lacks " + path);
    String content = Files.readString(file);
    return ChatTemplate.parse(
        path,
        path.endsWith(".json") ? JSON.readTree(content).get("chat_template").asText() : content);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> context(JsonNode chat) {
    return JSON.convertValue(chat.get("context"), Map.class);
  }

  private static byte[] text(List<TemplatePart> parts) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.text()));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
