package dev.vlm4j.zoo.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatTemplateTest {
  private static String render(String template, Map<String, Object> context) {
    Clock clock = Clock.fixed(Instant.parse("2026-03-05T07:08:09Z"), ZoneOffset.UTC);
    StringBuilder text = new StringBuilder();
    ChatTemplate.parse("test", template)
        .render(context, Limits.standard(), clock)
        .forEach(part -> text.append(part.text()));
    return text.toString();
  }

  private static TemplateException failure(String template) {
    return catchThrowableOfType(TemplateException.class, () -> render(template, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "'a\n{{ 1 + }}', SYNTAX, 2",
    "'a\n\n{% nosuch %}', SYNTAX, 3",
    "'{{ x | urlize }}', UNSUPPORTED, 1",
    "'{{ \"\\ud83d\\ude00\" }}', UNSUPPORTED, 1",
    "'{# a\nb #}{{ x is nosuch }}', UNSUPPORTED, 2",
    "'{{ 1 }}\n{{ nosuch.a }}', EVALUATION, 2",
    "'{{ 1 }}\n\n{{ raise_exception(1) }}', RAISED, 3",
    "'\n{{ range(999999) }}', LIMIT, 2"
  })
  void errorsNameTheirKindAndLine(String template, TemplateException.Code code, int line) {
    TemplateException thrown = failure(template);
    assertThat(thrown.code()).isEqualTo(code);
    assertThat(thrown.line()).isEqualTo(line);
    assertThat(thrown).hasMessageStartingWith("template test, line " + line + ": ");
  }

  @Test
  void handsOnTheWordsOfRaiseException() {
    assertThat(failure("{{ raise_exception('Roles must alternate') }}").reason())
        .isEqualTo("Roles must alternate");
  }

  @Test
  void namesUnknownFiltersTestsAndMethods() {
    assertThat(failure("{{ x | frobnicate }}")).hasMessageContaining("frobnicate");
    assertThat(failure("{{ x is frobnic }}")).hasMessageContaining("frobnic");
    assertThat(failure("{{ 'x'.frob() }}")).hasMessageContaining("frob");
    assertThat(failure("{{ frobs() }}")).hasMessageContaining("frobs");
  }

  @Test
  void formatsTheCurrentDate() {
    assertThat(render("{{ strftime_now('%d %b %Y') }}", Map.of())).isEqualTo("05 Mar 2026");
    assertThat(render("{{ strftime_now('%A %B %-d, %H:%M:%S %j %I %p %y %%') }}", Map.of()))
        .isEqualTo("Thursday March 5, 07:08:09 064 07 AM 26 %");
    assertThat(failure("{{ strftime_now('%Q') }}").code())
        .isEqualTo(TemplateException.Code.UNSUPPORTED);
  }

  @Test
  void readsEveryKindOfContextValueAndRefusesOthers() {
    Map<String, Object> context =
        Map.of("x", Arrays.asList(null, true, 1, 2L, 1.5, "s", new UserText("u"), Map.of("k", 1)));
    assertThat(render("{{ x }}", context)).isEqualTo("[None, True, 1, 2, 1.5, 's', 'u', {'k': 1}]");
    assertThatThrownBy(() -> render("x", Map.of("x", new Object())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Object");
  }

  @Test
  void contextVariablesHideGlobals() {
    assertThat(render("{{ range }}", Map.of("range", "mine"))).isEqualTo("mine");
  }

  @Test
  void aTextTemplateThatPrintsListsAcceptsStringsOnly() {
    ChatTemplate template =
        ChatTemplate.parse("t", "{% for m in messages %}{{ m.role }}: {{ m.content }}{% endfor %}");
    assertThat(template.accepts(ContentForm.STRING, "user", Map.of())).isTrue();
    assertThat(template.accepts(ContentForm.PARTS, "user", Map.of())).isFalse();
    assertThat(template.preferredContentForm("tool", Map.of())).contains(ContentForm.STRING);
  }

  @Test
  void contentFormsAreFoundPerRole() {
    ChatTemplate template =
        ChatTemplate.parse(
            "t",
            "{% for m in messages %}{% if m.role == 'system' %}{{ m.content + '\\n' }}"
                + "{% else %}{% for c in m.content %}{{ c['text'] | upper }}{% endfor %}{% endif %}"
                + "{% endfor %}");
    assertThat(template.preferredContentForm("system", Map.of())).contains(ContentForm.STRING);
    assertThat(template.preferredContentForm("user", Map.of())).contains(ContentForm.PARTS);
  }

  @Test
  void oneTemplateServesManyThreads() {
    ChatTemplate template = ChatTemplate.parse("t", "{% for i in range(n) %}{{ i }}{% endfor %}");
    List<Integer> sizes = IntStream.range(0, 200).boxed().toList();
    assertThat(
            sizes.parallelStream()
                .map(n -> template.render(Map.of("n", n + 1), Limits.standard()))
                .filter(parts -> parts.size() == 1 && parts.get(0).text().startsWith("0"))
                .count())
        .isEqualTo(200);
  }
}
