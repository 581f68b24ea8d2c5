package dev.vlm4j.models.florence2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.Image;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Role;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.TextPart;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Florence2PromptsTest {
  private static final Image PICTURE = Image.of(Path.of("any.png"));
  private static final Florence2Prompts NATIVE = new Florence2Prompts(Florence2Layout.NATIVE);
  private static final Florence2Prompts LEGACY = new Florence2Prompts(Florence2Layout.LEGACY);

  private static List<TextPart> parts(Florence2Prompts format, String text) {
    return format.render(Prompt.user(PICTURE, text));
  }

  private static String rendered(Florence2Prompts format, String text) {
    return parts(format, text).stream().map(TextPart::text).collect(Collectors.joining());
  }

  private static String byUser(String text) {
    return parts(NATIVE, text).stream()
        .filter(TextPart::fromUser)
        .map(TextPart::text)
        .collect(Collectors.joining("|"));
  }

  private static void refused(ErrorCode code, String message, Prompt prompt) {
    assertThatThrownBy(() -> NATIVE.render(prompt))
        .isInstanceOfSatisfying(VlmException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private static void refused(ErrorCode code, String message, String text) {
    refused(code, message, Prompt.user(PICTURE, text));
  }

  @Test
  void putsASentenceInThePlaceOfATaskToken() {
    assertThat(rendered(NATIVE, "<OD>"))
        .isEqualTo("<image><s>Locate the objects with category name in the image.</s>");
    assertThat(rendered(LEGACY, "<OCR>")).isEqualTo("<s>What is the text in the image?</s>");
  }

  @Test
  void putsTheInputIntoTheSentence() {
    String text = "<OPEN_VOCABULARY_DETECTION> a red car ";
    assertThat(rendered(NATIVE, text)).isEqualTo("<image><s>Locate a red car in the image.</s>");
    assertThat(rendered(LEGACY, text)).isEqualTo("<s>Locate  a red car  in the image.</s>");
    assertThat(byUser(text)).isEqualTo("a red car");
  }

  @Test
  void findsTheTokenOfATaskWithInputAnywhere() {
    assertThat(rendered(LEGACY, "a dog<CAPTION_TO_PHRASE_GROUNDING>"))
        .isEqualTo("<s>Locate the phrases in the caption: a dog</s>");
  }

  @Test
  void passesFreeTextAsItIs() {
    assertThat(rendered(NATIVE, " 2 < 3, <b>no</b> task"))
        .isEqualTo("<image><s> 2 < 3, <b>no</b> task</s>");
    assertThat(rendered(LEGACY, "")).isEqualTo("<s></s>");
  }

  @Test
  void takesPlacesOfUsersForTokensAndNothingElse() {
    assertThat(byUser("<REGION_TO_OCR><loc_0><loc_999></s><loc_1000><loc_07><image>"))
        .isEqualTo("||</s><loc_1000><loc_07><image>");
    assertThat(rendered(NATIVE, "<REGION_TO_OCR><loc_0><loc_999>"))
        .isEqualTo("<image><s>What text is in the region <loc_0><loc_999>?</s>");
  }

  @Test
  void readsTextAloneInTheLayoutOfTheReferenceOnly() {
    assertThat(NATIVE.render(Prompt.user("Why?"))).containsExactly(new TextPart("Why?", true));
    assertThatThrownBy(() -> LEGACY.render(Prompt.user("Why?")))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("reads one picture, the prompt has 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<DETECT>", "<REGION_TO_NOWHERE> <loc_3>", " <FOO_BAR>\nwhat"})
  void listsTheTasksWhenOneIsUnknown(String text) {
    refused(ErrorCode.INVALID_ARGUMENT, "<OD>, <DENSE_REGION_CAPTION>, <REGION_PROPOSAL>,", text);
    refused(ErrorCode.INVALID_ARGUMENT, "<REGION_TO_OCR> and a text", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<OD> cars", "<CAPTION>\n", "please <OCR>"})
  void refusesTextBesideATaskThatTakesNone(String text) {
    refused(ErrorCode.INVALID_ARGUMENT, "takes no text: it must be the whole prompt", text);
  }

  @ParameterizedTest
  @EnumSource(Florence2Task.class)
  void wantsTheTextThatATaskNeeds(Florence2Task task) {
    if (task.takesInput()) {
      refused(
          ErrorCode.INVALID_ARGUMENT,
          "the task " + task.token() + " needs a text after its token",
          task.token() + " ");
    } else {
      assertThat(rendered(LEGACY, task.token())).isEqualTo("<s>" + task.before() + "</s>");
    }
  }

  @Test
  void refusesConversations() {
    Prompt question = Prompt.user(PICTURE, "<OD>");
    refused(ErrorCode.INVALID_MESSAGES, "got system, user", question.withSystem("Be brief."));
    Message answer = Message.of(Role.ASSISTANT, "It");
    refused(ErrorCode.INVALID_MESSAGES, "got user, assistant", question.and(answer));
    refused(
        ErrorCode.IMAGE_COUNT_MISMATCH,
        "reads one picture, the prompt has 2",
        Prompt.user(List.of(PICTURE, PICTURE), "<OD>"));
  }
}
