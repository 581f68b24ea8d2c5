package dev.vlm4j.zoo.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.Image;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Role;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.TextPart;
import dev.vlm4j.zoo.checkpoint.HubFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatRendererTest {
  private static final String STRING =
      "{% for m in messages %}<{{ m.role }}>{{ m.content }}</>{% endfor %}"
          + "{% if add_generation_prompt %}<assistant>{% endif %}";
  private static final String PARTS =
      "{% for m in messages %}<{{ m.role }}>{% for c in m.content %}"
          + "{% if c.type == 'image' %}<img>{% else %}{{ c.text }}{% endif %}"
          + "{% endfor %}</>{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}";
  private static final String BOTH =
      "{{ bos_token }}{% for m in messages %}{% if m.content is string %}{{ m.content }}"
          + "{% else %}{% for c in m.content %}{% if c.type == 'image' %}<img>"
          + "{% else %}{{ c.text }}{% endif %}{% endfor %}{% endif %}|{% endfor %}";
  private static final Image IMAGE = Image.of(new byte[0]);

  @TempDir Path temporary;

  private ChatRenderer renderer(String template) {
    HubFolder folder = HubFolder.in(temporary).with("chat_template.jinja", template);
    return ChatRenderer.of(folder.open(), Map.of("bos_token", "<s>"));
  }

  private String render(String template, Prompt prompt) {
    return renderer(template).render(prompt).stream()
        .map(TextPart::text)
        .collect(Collectors.joining());
  }

  private void assertRefused(String template, Prompt prompt, String message) {
    assertThatThrownBy(() -> render(template, prompt))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHAT_TEMPLATE))
        .hasMessageContaining(message);
  }

  @Test
  void givesStringsToTemplatesThatWantStrings() {
    assertThat(render(STRING, Prompt.user("hi").withSystem("be kind")))
        .isEqualTo("<system>be kind</><user>hi</><assistant>");
  }

  @Test
  void givesFurtherVariablesToTheTemplate() {
    String numbered = "{% set number = number if number else false %}{{ number }} " + STRING;
    Prompt prompt = Prompt.user("hi");

    assertThat(render(numbered, prompt)).startsWith("False <user>");
    assertThat(render(numbered, prompt.withTemplateVariable("number", true).withSystem("s")))
        .startsWith("True <system>");
  }

  @Test
  void refusesVariablesThatTheTemplateDoesNotReadOrThatAreSetAlready() {
    Prompt prompt = Prompt.user("hi");

    for (String name : List.of("add_vision_ids", "messages", "add_generation_prompt", "tools")) {
      assertThatThrownBy(() -> render(STRING, prompt.withTemplateVariable(name, true)))
          .isInstanceOfSatisfying(
              VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
          .hasMessageContaining("'" + name + "'");
    }
  }

  @Test
  void givesPartsToTemplatesThatWantParts() {
    assertThat(render(PARTS, Prompt.user(List.of(IMAGE, IMAGE), "hi")))
        .isEqualTo("<user><img><img>hi</><assistant>");
  }

  @Test
  void rendersPicturesWithTemplatesThatTakeBothForms() {
    assertThat(render(BOTH, Prompt.user(IMAGE, "hi"))).isEqualTo("<s><img>hi|");
    assertThat(render(BOTH, Prompt.user("hi"))).isEqualTo("<s>hi|");
  }

  @Test
  void refusesPicturesThatTheTemplateWouldDrop() {
    assertRefused(STRING, Prompt.user(IMAGE, "hi"), "would drop pictures of the role user");
  }

  @Test
  void refusesRolesThatTheTemplateWouldDrop() {
    String usersOnly =
        "{% for m in messages %}{% if m.role == 'user' %}{{ m.content }}{% endif %}{% endfor %}";
    assertThat(render(usersOnly, Prompt.user("hi"))).isEqualTo("hi");
    assertRefused(
        usersOnly, Prompt.user("hi").withSystem("s"), "would drop texts of the role system");
  }

  @Test
  void marksTheTextsOfUsers() {
    assertThat(renderer(PARTS).render(Prompt.user("<img>")))
        .filteredOn(TextPart::fromUser)
        .extracting(TextPart::text)
        .containsExactly("<img>");
  }

  @Test
  void continuesTheAssistantsMessage() {
    Prompt prompt = Prompt.user("q").and(Message.of(Role.ASSISTANT, "The answer is "));
    assertThat(render(PARTS, prompt)).isEqualTo("<user>q</><assistant>The answer is ");
    assertThat(render(STRING, prompt)).isEqualTo("<user>q</><assistant>The answer is ");
  }

  @Test
  void continuesWithoutBlanksWhereTheTemplateTrims() {
    String trimming = STRING.replace("{{ m.content }}", "{{ m.content | trim }}");
    Prompt prompt = Prompt.user("q").and(Message.of(Role.ASSISTANT, "The answer is "));
    assertThat(render(trimming, prompt)).isEqualTo("<user>q</><assistant>The answer is");
    Prompt spaced = Prompt.user("q").and(Message.of(Role.ASSISTANT, "It is \u00a0\u3000\u0085"));
    assertThat(render(trimming, spaced)).isEqualTo("<user>q</><assistant>It is");
  }

  @Test
  void refusesToContinueAMessageThatTheTemplateChanges() {
    String dropping = STRING.replace("{{ m.content }}", "{{ m.content.split('</think>')[-1] }}");
    Prompt kept = Prompt.user("q").and(Message.of(Role.ASSISTANT, " It is "));
    assertThat(render(dropping, kept)).isEqualTo("<user>q</><assistant> It is ");
    Prompt dropped = Prompt.user("q").and(Message.of(Role.ASSISTANT, "<think>a</think>It is "));
    assertRefused(dropping, dropped, "changes the assistant's last message");
  }

  @Test
  void refusesToContinueAMessageWithoutText() {
    Prompt prompt = Prompt.user("q").and(new Message(Role.ASSISTANT, List.of()));
    assertThatThrownBy(() -> render(PARTS, prompt))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_MESSAGES));
  }

  @Test
  void failuresOfTheTemplateNameItsFile() {
    String single =
        "{{ messages[0].content }}{% if messages|length > 1 %}{{ raise_exception('one only') }}"
            + "{% endif %}";
    assertRefused(single, Prompt.user("q").and(Message.of(Role.USER, "r")), "one only");
    assertThatThrownBy(() -> renderer("{% for %}")).hasMessageContaining("chat_template.jinja");
  }

  @Test
  void findsTemplatesInTheReferencesOrder() {
    HubFolder folder = HubFolder.in(temporary);
    assertThatThrownBy(() -> ChatRenderer.of(folder.open(), Map.of()))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHAT_TEMPLATE))
        .hasMessageContaining("has no chat template");
    folder.with(
        "tokenizer_config.json",
        "{\"chat_template\":[{\"name\":\"tool\",\"template\":\"t\"},"
            + "{\"name\":\"default\",\"template\":\"d\"}]}");
    assertThat(TemplateSource.find(folder.open()))
        .hasValue(new TemplateSource("tokenizer_config.json", "d"));
    folder.with("chat_template.jinja", "j");
    assertThat(TemplateSource.find(folder.open()))
        .hasValue(new TemplateSource("chat_template.jinja", "j"));
    folder.with("chat_template.json", "{\"chat_template\":\"o\"}");
    assertThat(TemplateSource.find(folder.open()))
        .hasValue(new TemplateSource("chat_template.json", "o"));
    folder.with("processor_config.json", "{\"chat_template\":\"p\"}");
    assertThat(TemplateSource.find(folder.open()))
        .hasValue(new TemplateSource("processor_config.json", "p"));
  }
}
