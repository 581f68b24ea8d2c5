package dev.vlm4j.models.blip2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.Image;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Role;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class Blip2PromptsTest {
  private static final Image PICTURE =
      Image.of(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));

  private static String rendered(boolean startsText, Prompt prompt) {
    return new Blip2Prompts(startsText)
        .render(prompt).stream()
            .map(part -> part.fromUser() ? "[" + part.text() + "]" : part.text())
            .collect(Collectors.joining());
  }

  @Test
  void putsTheEndTokenInFrontOfTheTextForOpt() {
    assertThat(rendered(true, Prompt.user(PICTURE, "Question: a? Answer:")))
        .isEqualTo("<image></s>[Question: a? Answer:]");
    assertThat(rendered(true, Prompt.user("text"))).isEqualTo("</s>[text]");
  }

  @Test
  void putsTheEndTokenBehindTheTextForT5() {
    assertThat(rendered(false, Prompt.user(PICTURE, "a </s> photo")))
        .isEqualTo("<image>[a </s> photo]</s>");
  }

  @Test
  void refusesConversations() {
    Message question = Message.user(List.of(), "a");
    for (List<Message> messages :
        List.of(
            List.of(question, question),
            List.of(new Message(Role.SYSTEM, question.content())),
            List.of(question, new Message(Role.ASSISTANT, question.content())))) {
      assertThatThrownBy(() -> rendered(true, new Prompt(messages)))
          .isInstanceOf(VlmException.class)
          .hasFieldOrPropertyWithValue("code", ErrorCode.INVALID_MESSAGES);
    }
  }

  @Test
  void refusesSeveralPictures() {
    assertThatThrownBy(() -> rendered(true, Prompt.user(List.of(PICTURE, PICTURE), "a")))
        .isInstanceOf(VlmException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.IMAGE_COUNT_MISMATCH);
  }

  @Test
  void refusesOtherLanguageModels() {
    Blip2Config config = new Blip2Config(new Blip2Config.Language("llama"), null);

    assertThatThrownBy(config::startsText)
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("llama");
    assertThat(config.queries()).isEqualTo(32);
  }
}
