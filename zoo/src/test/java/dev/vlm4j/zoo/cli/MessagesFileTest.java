package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.Content;
import dev.vlm4j.api.Image;
import dev.vlm4j.api.ImageOptions;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Role;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesFileTest {
  @TempDir Path folder;

  @BeforeEach
  void drawPicture() throws IOException {
    Files.createFile(folder.resolve("a cat.png"));
  }

  @Test
  void readsRolesTextsAndParts() {
    Prompt prompt =
        read(
            """
            [{"role": "system", "content": "be brief"},
             {"role": "user", "content": [{"type": "image", "path": "a cat.png"},
                                          {"type": "text", "text": "What?"}]},
             {"role": "assistant", "content": "A c"}]
            """);

    assertThat(prompt.messages())
        .containsExactly(
            Message.of(Role.SYSTEM, "be brief"),
            new Message(
                Role.USER,
                List.of(
                    new Content.Picture(Image.of(folder.resolve("a cat.png"))),
                    new Content.Text("What?"))),
            Message.of(Role.ASSISTANT, "A c"));
    assertThat(prompt.continuesAssistant()).isTrue();
  }

  @Test
  void findsPicturesByPathAndUri() {
    String uri = folder.resolve("a cat.png").toUri().toString();

    assertThat(image("\"image\": \"a cat.png\"")).isEqualTo(Image.of(folder.resolve("a cat.png")));
    assertThat(image("\"image\": \"" + uri + "\""))
        .isEqualTo(Image.of(folder.resolve("a cat.png")));
  }

  @Test
  void decodesBase64AndDataUris() {
    byte[] bytes = "hello".getBytes(StandardCharsets.UTF_8);

    assertThat(bytes("\"base64\": \"aGVsbG8=\"")).isEqualTo(bytes);
    assertThat(bytes("\"base64\": \"data:image/png;base64,aGVsbG8=\"")).isEqualTo(bytes);
    assertThat(bytes("\"image\": \"data:image/jpeg;base64,aGVsbG8=\"")).isEqualTo(bytes);
  }

  @Test
  void readsAddressesOfPictures() {
    Image.Url expected = new Image.Url(URI.create("https://x/y.png"));
    assertThat(image("\"url\": \"https://x/y.png\"")).isEqualTo(expected);
    assertThat(image("\"image\": \"https://x/y.png\"")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | messages must be a list",
        "{\"messages\": []} | messages must be a list",
        "[] | messages must hold at least one message",
        "[7] | messages[0] must be an object",
        "[{\"content\": \"x\"}] | messages[0].role is missing",
        "[{\"role\": \"user\"}] | messages[0].content is missing",
        "[{\"role\": 1, \"content\": \"x\"}] | messages[0].role must be a text",
        "[{\"role\": \"tool\", \"content\": \"x\"}] | messages[0].role 'tool' is no role",
        "[{\"role\": \"user\", \"content\": null}] | messages[0].content must be a text or a list",
        "[{\"role\": \"user\", \"content\": \"x\", \"name\": \"n\"}] | messages[0].name is an unknown",
        "[{\"role\": \"user\", \"content\": [\"x\"]}] | messages[0].content[0] must be an object"
      })
  void namesTheFieldThatIsWrong(String json, String message) {
    assertInvalid(json, message);
  }

  @Test
  void readsTheSettingsOfPictures() {
    Prompt prompt =
        read(
            "[{\"role\": \"user\", \"content\": [{\"type\": \"image\", \"path\": \"a cat.png\","
                + " \"min_pixels\": 3, \"max_pixels\": 9},"
                + " {\"type\": \"image\", \"path\": \"a cat.png\","
                + " \"resized_height\": 28, \"resized_width\": 56}]}]");

    assertThat(prompt.pictures())
        .extracting(Content.Picture::options)
        .containsExactly(
            ImageOptions.NONE.withMinPixels(3).withMaxPixels(9),
            ImageOptions.NONE.withResizedSize(28, 56));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | .type is missing",
        "{\"type\": \"audio\"} | .type 'audio' is no part type",
        "{\"type\": \"image_url\", \"image_url\": {}} | .type 'image_url' is no part type",
        "{\"type\": \"video\", \"path\": \"x.mp4\"} | .type videos are not supported yet",
        "{\"type\": \"text\"} | .text is missing",
        "{\"type\": \"text\", \"text\": 3} | .text must be a text",
        "{\"type\": \"text\", \"text\": \"x\", \"y\": 3} | .y is an unknown field",
        "{\"type\": \"image\"} | an image needs exactly one of",
        "{\"type\": \"image\", \"path\": \"a\", \"url\": \"b\"} | it has path and url",
        "{\"type\": \"image\", \"path\": 3} | .path must be a text",
        "{\"type\": \"image\", \"path\": \"a cat.png\", \"size\": 3} | .size is an unknown field",
        "{\"type\": \"image\", \"image\": \"a cat.png\", \"min_pixels\": 0} | min_pixels must be at",
        "{\"type\": \"image\", \"image\": \"a cat.png\", \"max_pixels\": 2.5} | .max_pixels must be",
        "{\"type\": \"image\", \"image\": \"a cat.png\", \"min_pixels\": 3, \"max_pixels\": 2} | below",
        "{\"type\": \"image\", \"image\": \"a cat.png\", \"resized_width\": 3} | go together",
        "{\"type\": \"image\", \"url\": \"https:///y.png\"} | .url: 'https:///y.png' names no host",
        "{\"type\": \"image\", \"url\": \"y.png\"} | .url: 'y.png' is no file:, data:, http: or https:",
        "{\"type\": \"image\", \"image\": \"ftp://x/y.png\"} | is no file:, data:, http: or https: URI",
        "{\"type\": \"image\", \"image\": \"file:y.png\"} | is no file URI",
        "{\"type\": \"image\", \"image\": \"data:text/plain,x\"} | is no picture in a data: URI",
        "{\"type\": \"image\", \"base64\": \"a*b=\"} | .base64: the base64 text is malformed",
        "{\"type\": \"image\", \"base64\": \"\"} | .base64: the base64 text is empty"
      })
  void namesThePartThatIsWrong(String part, String message) {
    assertInvalid(
        "[{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": \"\"}, " + part + "]}]",
        message);
    assertThatThrownBy(() -> read("[{\"role\": \"user\", \"content\": [" + part + "]}]"))
        .hasMessageContaining("messages[0].content[0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"role\" \"user\"}] | line 1, column 10",
        "[{\"role\": \"user\", \"role\": \"user\", \"content\": \"x\"}] | Duplicate field 'role'",
        "[] [] | line 1, column 4: more follows where it should end",
        "[]NEWLINE[] | line 2, column 1: more follows where it should end",
        "[{\"role\": | line 1, column"
      })
  void namesThePlaceOfBrokenJson(String json, String message) {
    assertInvalid(json.replace("NEWLINE", "\n"), message);
  }

  @Test
  void refusesMissingFiles() {
    assertThatThrownBy(() -> MessagesFile.read(folder.resolve("none.json")))
        .isInstanceOf(VlmException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.IO_FAILURE)
        .hasMessageContaining("there is no messages file");
    assertThatThrownBy(() -> image("\"path\": \"dog.png\""))
        .isInstanceOf(VlmException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.IMAGE_UNREADABLE)
        .hasMessageStartingWith(folder.resolve("m.json") + ": messages[0].content[0].path:")
        .hasMessageContaining("there is no picture file");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void readsFromAPipe() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    String json =
        "[{\"role\": \"user\", \"content\": [{\"type\": \"image\", \"path\": \"pom.xml\"}]}]";
    CompletableFuture<Path> writer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.writeString(pipe, json);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    assertThat(MessagesFile.read(pipe).images()).containsExactly(Image.of(Path.of("pom.xml")));
    assertThat(writer.join()).isEqualTo(pipe);
  }

  private void assertInvalid(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(VlmException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.INVALID_MESSAGES)
        .hasMessageContaining(message);
  }

  private byte[] bytes(String source) {
    return ((Image.Bytes) image(source)).bytes();
  }

  private Image image(String source) {
    return read("[{\"role\": \"user\", \"content\": [{\"type\": \"image\", " + source + "}]}]")
        .images()
        .get(0);
  }

  private Prompt read(String json) {
    try {
      return MessagesFile.read(Files.writeString(folder.resolve("m.json"), json));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
