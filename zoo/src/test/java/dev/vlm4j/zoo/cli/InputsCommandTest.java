package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.api.ImageBackend;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsCommandTest {
  @TempDir Path folder;

  @Test
  void printsJsonWithoutLoading() throws IOException {
    CommandLineRun run = inputs("--format", "json", "--image", picture().toString());

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "{\"prompt\":\"USER: hi\",\"prompt_token_ids\":[9,9,9,9,9,9,9,9,9],\"images\":"
                + "[{\"width\":30,\"height\":20,\"resized_width\":336,\"resized_height\":224,"
                + "\"tokens\":5}]}\n");
    assertThat(run.zoo().loaded).isEmpty();
  }

  @Test
  void printsASummaryForPeople() throws IOException {
    CommandLineRun run = inputs("--image", picture().toString());

    assertThat(run.out())
        .isEqualTo(
            """
            template: chat_template.jinja
            prompt, special tokens in [[ ]]:
            [[<s>]][[picture 1: 5 x <image>]]USER: hi
            prompt tokens: 9 (text 3, special 1, picture 5)
                  1  special  "<s>"
                  5  picture  picture 1: 5 x <image>
                  3  text     "USER: hi\\n"
            picture 1: 30 x 20 pixels, seen as 336 x 224, 5 tokens
            tensor: input_ids I64 [1, 9]
            tensor: pixel_values F32 [1, 3, 1, 2]
            """);
  }

  @Test
  void writesTheTensors() {
    Path file = folder.resolve("x.safetensors");

    CommandLineRun run = inputs("--output", file.toString());

    assertThat(run.out()).endsWith("written: " + file + "\n");
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void writesWhatTheModelSees() throws IOException {
    Path views = folder.resolve("views/here");

    CommandLineRun run =
        inputs("--image", picture().toString(), "--save-pictures", views.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).endsWith("written: " + views.resolve("picture-1.png") + "\n");
    BufferedImage seen = ImageIO.read(views.resolve("picture-1.png").toFile());
    assertThat(seen.getWidth()).isEqualTo(2);
    assertThat(seen.getRGB(0, 0)).isEqualTo(0xFF0080FF);
    assertThat(seen.getRGB(1, 0)).isEqualTo(0xFFFF8000);
  }

  @Test
  void takesPicturesByTheirAddress() {
    CommandLineRun run = inputs("--image", "http://a.test/b.png");

    assertThat(run.code()).isZero();
    assertThat(run.zoo().options.picturePolicy().allowsHost("a.test")).isTrue();
    CommandLineRun offline = inputs("--image", "http://a.test/", "--offline");
    assertThat(offline.zoo().options.picturePolicy().allowsNetwork()).isFalse();
    CommandLineRun wrong = inputs("--image", "ftp://a/b");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("'ftp://a/b' is no file:, data:, http: or https: URI");
  }

  @Test
  void takesTheImageBackend() {
    assertThat(ofBackend("pil").zoo().options.imageBackend()).isEqualTo(ImageBackend.PIL);
    assertThat(ofBackend("torchvision").zoo().options.imageBackend())
        .isEqualTo(ImageBackend.TORCHVISION);
    CommandLineRun wrong = ofBackend("opencv");
    assertThat(wrong.code()).isNotZero();
    assertThat(wrong.err())
        .contains("there is no image backend 'opencv'; there are: torchvision, pil");
  }

  private static CommandLineRun ofBackend(String name) {
    return inputs("--image-backend", name);
  }

  private Path picture() throws IOException {
    return Files.createFile(folder.resolve("a.png"));
  }

  private static CommandLineRun inputs(String... more) {
    Stream<String> first = Stream.of("inputs", "--model", "fake", "--prompt", "hi");
    return CommandLineRun.of(Stream.concat(first, Stream.of(more)).toArray(String[]::new));
  }
}
