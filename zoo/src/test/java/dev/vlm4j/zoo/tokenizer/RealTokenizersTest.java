package dev.vlm4j.zoo.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vlm4j.spi.TextPart;
import dev.vlm4j.zoo.checkpoint.HubFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares with ids that the reference's tokenizers 0.23.3 gave for the files in the folder of the
 * system property {@code vlm4j.hubMetadata}: whole texts with {@code encode}, special tokens
 * included, and {@code decode} without them.
 */
class RealTokenizersTest {
  /** Decoding gives back every character, but for blanks that a token takes with it. */
  private static final List<String> BYTE_LEVEL =
      List.of("Qwen__Qwen2.5-VL-7B-Instruct", "microsoft__Florence-2-base");

  private static final int SEED = 11;
  private static final int LONGEST = 40;
  private static final int NONE = -1;

  @TempDir Path temporary;

  private static JsonNode goldens() throws IOException {
    try (InputStream in = RealTokenizersTest.class.getResourceAsStream("real_tokenizers.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    }
  }

  @TestFactory
  Stream<DynamicTest> tokenizesAsTheReferenceDoes() throws IOException {
    JsonNode goldens = goldens();
    return goldens.get("models").properties().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> compare(entry, texts(goldens.get("texts")))));
  }

  private static List<String> texts(JsonNode texts) {
    return StreamSupport.stream(texts.spliterator(), false).map(JsonNode::asText).toList();
  }

  private void compare(Map.Entry<String, JsonNode> golden, List<String> texts) throws IOException {
    HubFolder folder = folder(golden.getKey());
    try (PromptTokenizer tokenizer = new PromptTokenizer(folder.open(), List.of())) {
      comparePlain(tokenizer, texts, golden.getValue().get("plain"));
      compareWhole(tokenizer, golden.getValue().get("whole"));
      compareDecoded(tokenizer, golden.getValue().get("decoded"));
      if (BYTE_LEVEL.contains(golden.getKey())) {
        decodesWithSpecialTokens(tokenizer, golden.getValue().get("whole"));
      }
      findsNoSpecialTokensInTextsOfUsers(tokenizer, golden.getValue().get("whole"));
      streamsWhatItDecodes(tokenizer, golden.getValue().get("decoded"));
    }
  }

  private HubFolder folder(String model) throws IOException {
    String shared = System.getProperty("vlm4j.hubMetadata", "");
    assumeTrue(!shared.isEmpty(), "the system property vlm4j.hubMetadata names no folder");
    HubFolder folder = HubFolder.in(temporary.resolve(model));
    for (String name :
        List.of("tokenizer.json", "tokenizer.json.gz", "tokenizer.reconstructed.json.gz")) {
      Path file = Path.of(shared, model, name);
      if (Files.isRegularFile(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          return folder.with(
              "tokenizer.json",
              (name.endsWith(".gz") ? new GZIPInputStream(in) : in).readAllBytes());
        }
      }
    }
    assumeTrue(false, "the folder of vlm4j.hubMetadata lacks a tokenizer of " + model);
    return folder;
  }

  private static int[] ids(JsonNode ids) {
    return StreamSupport.stream(ids.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  private static int[] encode(PromptTokenizer tokenizer, String text, boolean fromUser) {
    return tokenizer.encode(List.of(new TextPart(text, fromUser)));
  }

  private static void comparePlain(PromptTokenizer tokenizer, List<String> texts, JsonNode ids) {
    for (int i = 0; i < texts.size(); i++) {
      int[] expected = ids(ids.get(i));
      assertThat(encode(tokenizer, texts.get(i), true)).as(texts.get(i)).isEqualTo(expected);
      assertThat(encode(tokenizer, texts.get(i), false)).as(texts.get(i)).isEqualTo(expected);
    }
  }

  private static void compareWhole(PromptTokenizer tokenizer, JsonNode cases) {
    int[] frame = encode(tokenizer, "", false);
    for (JsonNode golden : cases) {
      String text = golden.get("text").asText();
      int[] actual = encode(tokenizer, text, false);
      assertThat(withoutFrame(actual, frame)).as(text).isEqualTo(ids(golden.get("ids")));
    }
  }

  /** A frame has at most one id on each side; one alone is behind the text if it is the last id. */
  private static int[] withoutFrame(int[] ids, int[] frame) {
    if (frame.length == 2) {
      return Arrays.copyOfRange(ids, 1, ids.length - 1);
    }
    boolean before = frame.length == 1 && ids[0] == frame[0] && ids[ids.length - 1] != frame[0];
    return Arrays.copyOfRange(
        ids, before ? 1 : 0, frame.length == 1 && !before ? ids.length - 1 : ids.length);
  }

  private static void compareDecoded(PromptTokenizer tokenizer, JsonNode cases) {
    for (JsonNode golden : cases) {
      assertThat(tokenizer.decode(ids(golden.get("ids"))))
          .as(golden.get("ids").toString())
          .isEqualTo(golden.get("text").asText());
    }
  }

  private static void decodesWithSpecialTokens(PromptTokenizer tokenizer, JsonNode cases) {
    for (JsonNode golden : cases) {
      String text = golden.get("text").asText().replaceAll("\\s+<mask>", "<mask>");
      assertThat(tokenizer.decodeWithSpecialTokens(ids(golden.get("ids")))).isEqualTo(text);
    }
  }

  /** But for the token that stands for characters which the vocabulary lacks. */
  private static void findsNoSpecialTokensInTextsOfUsers(
      PromptTokenizer tokenizer, JsonNode cases) {
    int[] frame = encode(tokenizer, "", false);
    int unknown = tokenizer.find("<unk>").orElse(NONE);
    for (JsonNode golden : cases) {
      String text = golden.get("text").asText();
      int[] actual = encode(tokenizer, text, true);
      long special =
          Arrays.stream(actual).filter(id -> tokenizer.isSpecial(id) && id != unknown).count();
      assertThat(special).as(text).isEqualTo(frame.length);
    }
  }

  private static void streamsWhatItDecodes(PromptTokenizer tokenizer, JsonNode cases) {
    Random random = new Random(SEED);
    List<int[]> all = new ArrayList<>();
    cases.forEach(golden -> all.add(ids(golden.get("ids"))));
    for (int i = 0; i < 60; i++) {
      int[] joined =
          IntStream.range(0, 4)
              .flatMap(part -> Arrays.stream(all.get(random.nextInt(all.size()))))
              .limit(LONGEST)
              .toArray();
      StreamingDecoder decoder = new StreamingDecoder(tokenizer);
      StringBuilder text = new StringBuilder();
      Arrays.stream(joined).forEach(id -> text.append(decoder.add(id)));
      text.append(decoder.finish());
      assertThat(text).as(Arrays.toString(joined)).hasToString(tokenizer.decode(joined));
    }
  }
}
