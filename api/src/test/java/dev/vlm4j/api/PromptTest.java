package dev.vlm4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTest {
  private static final Image FIRST = Image.of(new byte[] {1});
  private static final Image SECOND = Image.of(new byte[] {2});

  @Test
  void refusesPromptsWithoutMessages() {
    assertThatThrownBy(() -> new Prompt(List.of()))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_MESSAGES));
  }

  @Test
  void picturesComeBeforeTheText() {
    Prompt prompt = Prompt.user(List.of(FIRST, SECOND), "which?");
    assertThat(prompt.messages().get(0).content())
        .containsExactly(
            new Content.Picture(FIRST), new Content.Picture(SECOND), new Content.Text("which?"));
  }

  @Test
  void collectsPicturesInTheOrderOfTheConversation() {
    Prompt prompt =
        Prompt.user(FIRST, "a")
            .and(Message.of(Role.ASSISTANT, "b"))
            .and(Message.user(List.of(SECOND), "c"))
            .withSystem("s");
    assertThat(prompt.images()).containsExactly(FIRST, SECOND);
    assertThat(prompt.messages())
        .extracting(Message::role)
        .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER);
  }

  @Test
  void continuesOnlyAMessageOfTheAssistantAtTheEnd() {
    assertThat(Prompt.user("a").continuesAssistant()).isFalse();
    assertThat(Prompt.user("a").and(Message.of(Role.ASSISTANT, "b")).continuesAssistant()).isTrue();
  }

  @Test
  void keepsCopiesOfLists() {
    List<Content> content = new ArrayList<>(List.of(new Content.Text("a")));
    Message message = new Message(Role.USER, content);
    List<Message> messages = new ArrayList<>(List.of(message));
    Prompt prompt = new Prompt(messages);
    content.clear();
    messages.clear();
    assertThat(prompt.messages()).containsExactly(Message.of(Role.USER, "a"));
  }

  @Test
  void rolesAreCalledAsInTemplates() {
    assertThat(Role.values())
        .extracting(Role::label)
        .containsExactly("system", "user", "assistant");
  }

  private static void assertInvalid(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining(message);
  }
}
