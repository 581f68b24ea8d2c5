package dev.vlm4j.zoo.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.TextPart;
import dev.vlm4j.zoo.checkpoint.HubFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Special tokens of a model that its tokenizer file has or lacks. */
class ModelTokensTest {
  private static final String FLORENCE = "microsoft__Florence-2-base";
  private static final String TOKENIZER =
      "{\"version\":\"1.0\",\"added_tokens\":[{\"id\":3,\"content\":\"</s>\",\"special\":true,"
          + "\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false}],"
          + "\"normalizer\":null,\"pre_tokenizer\":{\"type\":\"Whitespace\"},\"post_processor\":"
          + "{\"type\":\"RobertaProcessing\",\"sep\":[\"</s>\",3],\"cls\":[\"zero\",0]},"
          + "\"decoder\":null,\"model\":{\"type\":\"WordLevel\","
          + "\"vocab\":{\"zero\":0,\"one\":1,\"two\":2,\"</s>\":3},\"unk_token\":\"zero\"}}";

  @TempDir Path temporary;

  private static TextPart template(String text) {
    return new TextPart(text, false);
  }

  private PromptTokenizer tokenizer(List<String> modelTokens) {
    return new PromptTokenizer(
        HubFolder.in(temporary).with("tokenizer.json", TOKENIZER).open(), modelTokens);
  }

  @Test
  void missingOnesGetTheNextIdsInOrder() {
    try (PromptTokenizer tokenizer = tokenizer(List.of("<a>", "</s>", "<b>"))) {
      assertThat(tokenizer.find("</s>")).contains(3);
      assertThat(tokenizer.find("<a>")).contains(4);
      assertThat(tokenizer.find("<b>")).contains(5);
      assertThat(tokenizer.encodeBare(List.of(template("<b>one<a>")))).containsExactly(5, 1, 4);
      assertThat(tokenizer.decode(new int[] {5, 1, 4, 2})).isEqualTo("one two");
    }
  }

  @Test
  void aVocabularyWithHalfOfACharacterIsRefused() {
    String broken = TOKENIZER.replace("two", "\\ud83d");
    HubFolder folder = HubFolder.in(temporary).with("tokenizer.json", broken);
    assertThatThrownBy(() -> new PromptTokenizer(folder.open(), List.of()))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining("tokenizer.json is no valid JSON");
  }

  @Test
  void aVocabularyOfAnUnknownKindIsRefused() {
    String broken = TOKENIZER.replace("\"WordLevel\"", "\"Unheard\"");
    HubFolder folder = HubFolder.in(temporary).with("tokenizer.json", broken);
    assertThatThrownBy(() -> new PromptTokenizer(folder.open(), List.of()))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOKENIZER_INVALID))
        .hasMessageContaining("tokenizer.json cannot be loaded");
  }

  @Test
  void areNotSeenInTextsOfUsers() {
    try (PromptTokenizer tokenizer = tokenizer(List.of("<a>"))) {
      int[] ids = tokenizer.encodeBare(List.of(new TextPart("one <a>", true)));
      assertThat(ids).startsWith(1).doesNotContain(4);
    }
  }

  /** Vocabularies of this kind list special tokens among the pieces of words. */
  @Test
  void areNotMadeOfPiecesEither() {
    String unigram =
        "{\"version\":\"1.0\",\"added_tokens\":[{\"id\":1,\"content\":\"</s>\",\"special\":true,"
            + "\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false}],"
            + "\"normalizer\":null,\"pre_tokenizer\":null,\"post_processor\":null,"
            + "\"decoder\":null,\"model\":{\"type\":\"Unigram\",\"unk_id\":0,\"vocab\":"
            + "[[\"?\",0.0],[\"</s>\",0.0],[\"<\",-2.0],[\"/\",-2.0],[\"s\",-2.0],[\">\",-2.0]]}}";
    HubFolder folder = HubFolder.in(temporary).with("tokenizer.json", unigram);
    try (PromptTokenizer tokenizer = new PromptTokenizer(folder.open(), List.of())) {
      assertThat(tokenizer.encodeBare(List.of(new TextPart("s</s>", true), template("s</s>"))))
          .containsExactly(4, 2, 3, 4, 5, 4, 1);
    }
  }

  @Test
  void completePromptsGetNoFrame() {
    List<TextPart> prompt = List.of(template("one</s>"));
    try (PromptTokenizer tokenizer = tokenizer(List.of())) {
      assertThat(tokenizer.encode(prompt)).containsExactly(0, 1, 3, 3);
      assertThat(tokenizer.encodeBare(prompt)).containsExactly(1, 3);
    }
  }

  /** The file of the authors and that of a fine-tune, which has the tokens, from the Hub. */
  @Test
  void bothHomesOfFlorencesTokensGiveTheSameIds() throws IOException {
    List<String> tokens = new ArrayList<>(List.of("<od>", "</od>", "<ocr>", "</ocr>"));
    IntStream.range(0, 1000).forEach(bin -> tokens.add("<loc_" + bin + ">"));
    List<TextPart> prompt =
        List.of(
            template("<s>What does the region "),
            template("<loc_52><loc_332>"),
            new TextPart(" Füße,</s>  <loc_1> 東京 ", true),
            template("<loc_999> describe?</s>"));
    try (PromptTokenizer theirs = florence("tokenizer.json", tokens);
        PromptTokenizer saved = florence("tokenizer-with-locations.json", tokens)) {
      assertThat(theirs.tokenId("<loc_0>")).isEqualTo(50269);
      assertThat(theirs.encodeBare(prompt)).isEqualTo(saved.encodeBare(prompt));
      int[] ids = theirs.encodeBare(prompt);
      assertThat(theirs.decode(ids)).isEqualTo(saved.decode(ids));
    }
  }

  private PromptTokenizer florence(String file, List<String> tokens) throws IOException {
    String shared = System.getProperty("vlm4j.hubMetadata", "");
    assumeTrue(!shared.isEmpty(), "the system property vlm4j.hubMetadata names no folder");
    Path source = Path.of(shared, FLORENCE, file);
    assumeTrue(Files.isRegularFile(source), "the folder of vlm4j.hubMetadata lacks " + source);
    HubFolder folder = HubFolder.in(temporary.resolve(file));
    return new PromptTokenizer(
        folder.with("tokenizer.json", Files.readAllBytes(source)).open(), tokens);
  }
}
