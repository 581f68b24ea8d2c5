package dev.vlm4j.zoo.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vlm4j.api.Content;
import dev.vlm4j.api.Image;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Role;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.TextPart;
import dev.vlm4j.zoo.checkpoint.HubFolder;
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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole conversations through the templates of real models, against SHA-256 and length of what
 * Transformers renders ({@code prompt_goldens.py}). The templates are read from the folder in the
 * system property {@code vlm4j.hubMetadata}.
 */
class RealPromptsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> TOKENS =
      Map.of("bos_token", "<s>", "eos_token", "</s>", "unk_token", "<unk>");
  private static final Image IMAGE = Image.of(new byte[0]);

  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> rendersEveryConversationAsTransformersDoes() throws IOException {
    JsonNode goldens;
    try (InputStream in = RealPromptsTest.class.getResourceAsStream("prompts.json")) {
      goldens = JSON.readTree(Objects.requireNonNull(in));
    }
    JsonNode conversations = goldens.get("conversations");
    return goldens.get("prompts").properties().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> compare(entry.getKey(), conversations, entry.getValue())));
  }

  private void compare(String path, JsonNode conversations, JsonNode expected) throws IOException {
    ChatRenderer renderer = ChatRenderer.of(folder(path).open(), TOKENS);
    for (Map.Entry<String, JsonNode> golden : expected.properties()) {
      String name = golden.getKey();
      Prompt prompt = prompt(conversations.get(name));
      if (golden.getValue().has("error")) {
        assertThatThrownBy(() -> renderer.render(prompt)).as(name).isInstanceOf(VlmException.class);
        continue;
      }
      String text =
          renderer.render(prompt).stream().map(TextPart::text).collect(Collectors.joining());
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertThat(bytes).as(name).hasSize(golden.getValue().get("bytes").asInt());
      assertThat(sha256(bytes)).as(name).isEqualTo(golden.getValue().get("sha256").asText());
    }
  }

  private HubFolder folder(String path) throws IOException {
    String shared = System.getProperty("vlm4j.hubMetadata", "");
    assumeTrue(!shared.isEmpty(), "the system property vlm4j.hubMetadata names no folder");
    Path file = Path.of(shared).resolve(path);
    assumeTrue(Files.isRegularFile(file), "the folder of vlm4j.hubMetadata lacks " + path);
    String home =
        path.endsWith(".jinja") ? "chat_template.jinja" : path.substring(path.indexOf('/') + 1);
    return HubFolder.in(temporary.resolve(path.replace('/', '_')))
        .with(home, Files.readAllBytes(file));
  }

  private static Prompt prompt(JsonNode conversation) {
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : conversation) {
      List<Content> parts = new ArrayList<>();
      for (JsonNode part : message.get("content")) {
        parts.add(
            part.get("type").asText().equals("image")
                ? new Content.Picture(IMAGE)
                : new Content.Text(part.get("text").asText().repeat(part.path("repeat").asInt(1))));
      }
      String role = message.get("role").asText().toUpperCase(Locale.ROOT);
      messages.add(new Message(Role.valueOf(role), parts));
    }
    return new Prompt(messages);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
