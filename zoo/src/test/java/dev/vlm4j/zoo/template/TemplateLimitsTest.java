package dev.vlm4j.zoo.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vlm4j.zoo.image.ChildMachine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

  static List<String> hostile() {
    return HostileTemplates.ALL;
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void stopsTemplatesThatNeedTooMuch(String template) {
    assertThat(failure(template, Map.of())).isEqualTo(TemplateException.Code.LIMIT);
  }

  /** 80 MB are 64 beside what the virtual machine and the engine need themselves. */
  @Test
  void stopsThemWithin200MillisecondsAnd64Megabytes() throws IOException, InterruptedException {
    String output = ChildMachine.run("-Xmx80m", HostileTemplates.class.getName());

    List<String> lines = output.lines().toList();
    assertThat(lines).hasSize(HostileTemplates.ALL.size());
    for (String line : lines) {
      String[] fields = line.split(" ", 3);
      assertThat(fields[0]).as(line).isEqualTo("LIMIT");
      assertThat(Duration.ofNanos(Long.parseLong(fields[1])))
          .as(line)
          .isLessThan(Duration.ofMillis(200));
    }
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
