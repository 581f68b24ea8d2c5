package dev.vlm4j.zoo.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vlm4j.spi.TextPart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random texts of users against the ids that the reference's tokenizers 0.23.3 gave for them, block
 * by block. The system property {@code vlm4j.fuzzTexts} says how many of the 20,000 texts.
 */
class TokenizerFuzzTest {
  private static final int TEXTS = Integer.getInteger("vlm4j.fuzzTexts", 2000);
  private static final int END_OF_TEXT = -1;

  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> tokenizesRandomTextsAsTheReferenceDoes() throws IOException {
    JsonNode goldens;
    try (InputStream in = TokenizerFuzzTest.class.getResourceAsStream("fuzz.json")) {
      goldens = new ObjectMapper().readTree(Objects.requireNonNull(in));
    }
    return goldens.properties().stream()
        .map(golden -> DynamicTest.dynamicTest(golden.getKey(), () -> compare(golden)));
  }

  private void compare(Map.Entry<String, JsonNode> golden)
      throws IOException, NoSuchAlgorithmException {
    String marker = golden.getValue().get("marker").asText();
    JsonNode blocks = golden.getValue().get("blocks");
    try (PromptTokenizer tokenizer = RealTokenizer.open(golden.getKey(), temporary)) {
      for (int block = 0;
          block < Math.min(blocks.size(), TEXTS / RandomTexts.IN_A_BLOCK);
          block++) {
        assertThat(digest(tokenizer, marker, block))
            .as("block " + block)
            .isEqualTo(blocks.get(block).asText());
      }
    }
  }

  private static String digest(PromptTokenizer tokenizer, String marker, int block)
      throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    RandomTexts texts = new RandomTexts(block);
    for (int i = 0; i < RandomTexts.IN_A_BLOCK; i++) {
      TextPart template = new TextPart(i % 2 == 0 ? "" : marker, false);
      int[] ids = tokenizer.encodeBare(List.of(template, new TextPart(texts.next(), true)));
      ByteBuffer bytes = ByteBuffer.allocate(4 * (ids.length + 1)).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asIntBuffer().put(ids).put(END_OF_TEXT);
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
