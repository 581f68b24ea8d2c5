package dev.vlm4j.zoo.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateLimitsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static TemplateException.Code failure(String template, Map<String, Object> context) {
    long start = System.nanoTime();
    TemplateException thrown =
        catchThrowableOfType(
            TemplateException.class,
            () -> ChatTemplate.parse("bad", template).render(context, Limits.standard()));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
    return thrown.code();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
        "{{ range(1000000000) | length }}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{{ 'a' * 1000000000 }}",
        "{{ ('a' * 3000000) | replace('a', 'b' * 100) }}",
        "{% set x = 'ab' * 1000000 %}{% for i in range(1000) %}{% set y = x + x %}{% endfor %}",
        "{% set ns = namespace(x='a') %}{% for i in range(99) %}{% set ns.x = ns.x ~ ns.x %}{%"
            + " endfor %}",
        "{% set ns = namespace(x=[]) %}{% for i in range(99) %}{% set ns.x = [ns.x] %}{% endfor"
            + " %}{{ ns.x }}",
        "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{%"
            + " endfor %}",
        "{% set ns = namespace(x={}) %}{% for i in range(99) %}{% set ns.x = {'a': ns.x} %}{%"
            + " endfor %}{{ ns.x | tojson }}",
        "{{ [1] * 1000000000 }}",
        "{{ '%s' | center(1000000000) }}",
        "{{ ''.ljust(1000000000) }}",
        "{{ ('a' * 4000000).split('a') | length }}",
        "{{ 'x' | indent(1000000000, true) }}",
        "{{ ''.join(range(100000) | map('string') | map('center', 1000)) }}",
        "{{ [1] | batch(1000000000, 0) | list }}",
        "{{ [1] | slice(1000000000) | list }}"
      })
  void stopsTemplatesThatNeedTooMuch(String template) {
    assertThat(failure(template, Map.of())).isEqualTo(TemplateException.Code.LIMIT);
  }

  @Test
  void stopsWhenTheTimeIsOver() {
    Limits limits = new Limits(Long.MAX_VALUE, 1000, 64, 100_000, Duration.ofMillis(20));
    String endless =
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}";
    assertThatThrownBy(() -> ChatTemplate.parse("t", endless).render(Map.of(), limits))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("PT0.02S");
  }

  @Test
  void stopsAContextThatContainsItself() {
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);
    assertThat(failure("x", Map.of("c", cycle))).isEqualTo(TemplateException.Code.LIMIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "-", "not ", "{1: ", "x[", "x if x else "})
  void refusesDeeplyNestedSourceInsteadOfOverflowing(String opening) {
    assertThatThrownBy(() -> ChatTemplate.parse("deep", "{{ " + opening.repeat(20_000)))
        .isInstanceOf(TemplateException.class);
  }

  @Test
  void survivesVeryLongChainsOfOperators() {
    String chain = "{{ 1" + " + 1".repeat(20_000) + " }}";
    assertThatThrownBy(() -> ChatTemplate.parse("long", chain).render(Map.of(), Limits.standard()))
        .isInstanceOf(TemplateException.class);
  }

  @Test
  void ordinaryLongChatsStayWithinTheLimits() {
    List<Object> messages = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      messages.add(Map.of("role", "user", "content", new UserText("word ".repeat(100))));
    }
    String template =
        "{% set ns = namespace(n=0) %}{% for m in messages %}{% set ns.n = ns.n + 1 %}"
            + "<|{{ m.role }}|>{{ m.content | trim }}{{ ns.n }}\n{% endfor %}";
    List<TemplatePart> parts =
        ChatTemplate.parse("long", template)
            .render(Map.of("messages", messages), Limits.standard());
    assertThat(parts).hasSize(4001);
  }
}
