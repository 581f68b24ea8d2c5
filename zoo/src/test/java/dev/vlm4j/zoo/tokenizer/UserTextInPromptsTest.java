package dev.vlm4j.zoo.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vlm4j.api.Content;
import dev.vlm4j.api.Image;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Role;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import dev.vlm4j.zoo.checkpoint.HubFolder;
import dev.vlm4j.zoo.prompt.ChatRenderer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Special tokens and template code in every text of a prompt, through real templates. */
class UserTextInPromptsTest {
  private static final Content PICTURE = new Content.Picture(Image.of(new byte[0]));
  private static final List<String> TEMPLATE_CODE =
      List.of(
          "{{ 7*7 }}", "{% for x in y %}", "{% raw %}", "{# c #}", "{{ messages }}", "}}", "%}");

  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource({
    "HuggingFaceTB__SmolVLM-256M-Instruct, tokenizer.json, chat_template.json",
    "Qwen__Qwen2-VL-2B-Instruct-AWQ, tokenizer.json.gz, chat_template.json",
    "Qwen__Qwen2.5-VL-7B-Instruct, tokenizer.reconstructed.json.gz, chat_template.json",
    "Qwen__Qwen3-VL-4B-Instruct, tokenizer.json.gz, chat_template.json",
    "google__gemma-3-4b-it, tokenizer.json.gz, chat_template.json",
    "llava-hf__llava-1.5-7b-hf, tokenizer.json, chat_template.json"
  })
  void changesNothingButText(String model, String tokenizerFile, String template)
      throws IOException {
    CheckpointFolder folder = folder(model, tokenizerFile, template);
    try (PromptTokenizer tokenizer = new PromptTokenizer(folder, List.of())) {
      ChatRenderer renderer = ChatRenderer.of(folder, tokenizer.namedTokens());
      List<Integer> expected = specialIds(tokenizer, renderer, "x");
      List<String> hostile = new ArrayList<>(tokenizer.specialTokens());
      hostile.addAll(TEMPLATE_CODE);
      for (String text : hostile) {
        assertThat(specialIds(tokenizer, renderer, text)).as(text).isEqualTo(expected);
        String shown = tokenizer.decode(ids(tokenizer, renderer, text));
        assertThat(occurrences(shown, text)).as(shown).isGreaterThanOrEqualTo(4);
      }
    }
  }

  private CheckpointFolder folder(String model, String tokenizer, String template)
      throws IOException {
    String shared = System.getProperty("vlm4j.hubMetadata", "");
    assumeTrue(!shared.isEmpty(), "the system property vlm4j.hubMetadata names no folder");
    Path source = Path.of(shared, model);
    assumeTrue(Files.isDirectory(source), "the folder of vlm4j.hubMetadata lacks " + model);
    return HubFolder.in(temporary)
        .with("tokenizer.json", read(source.resolve(tokenizer)))
        .with(template, read(source.resolve(template)))
        .with("tokenizer_config.json", read(source.resolve("tokenizer_config.json")))
        .open();
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return (file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in).readAllBytes();
    }
  }

  private static List<Integer> specialIds(
      PromptTokenizer tokenizer, ChatRenderer renderer, String text) {
    return Arrays.stream(ids(tokenizer, renderer, text))
        .filter(tokenizer::isSpecial)
        .boxed()
        .toList();
  }

  private static int[] ids(PromptTokenizer tokenizer, ChatRenderer renderer, String text) {
    Content words = new Content.Text(text);
    Prompt prompt =
        new Prompt(
            List.of(
                new Message(Role.SYSTEM, List.of(words)),
                new Message(Role.USER, List.of(PICTURE, words)),
                new Message(Role.ASSISTANT, List.of(words)),
                new Message(Role.USER, List.of(words))));
    return tokenizer.encode(renderer.render(prompt));
  }

  private static int occurrences(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }
}
