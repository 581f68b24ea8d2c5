package dev.vlm4j.models.florence2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.spi.SeenPicture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Compares with what the reference returned for thousands of answers, most of them broken. The file
 * is written by {@code conformance-tests/src/test/python/florence2_answer_goldens.py}.
 */
class Florence2AnswerGoldenTest {
  private static final String FAILED = "!";

  private final Florence2AnswerParser parser =
      new Florence2AnswerParser(new Florence2PostProcessing(null));

  private static List<String> lines() throws IOException {
    try (InputStream in = Florence2AnswerGoldenTest.class.getResourceAsStream("answers.txt")) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      return new String(bytes, StandardCharsets.US_ASCII).lines().toList();
    }
  }

  @Test
  void readsAnyTextAsTheReferenceDoes() throws IOException {
    List<String> lines = lines();
    List<String> different = new ArrayList<>();
    for (String line : lines) {
      String[] fields = line.split("\t", -1);
      String actual = actual(fields[0], fields[1], fields[2], JsonText.unescape(fields[3]));
      if (!actual.equals(fields[4])) {
        different.add(line + "\n    but was " + actual);
      }
    }
    assertThat(lines).hasSizeGreaterThan(900);
    assertThat(different).isEmpty();
  }

  private String actual(String task, String width, String height, String text) {
    PictureSize size = new PictureSize(Integer.parseInt(width), Integer.parseInt(height));
    ParsedAnswer answer = parser.parse(task, text, List.of(new SeenPicture(size, size)));
    if (answer.reference().isEmpty()) {
      assertThat(answer.reason()).isPresent();
      return FAILED;
    }
    return JsonText.of(Objects.requireNonNull(answer.reference().get(task)));
  }
}
