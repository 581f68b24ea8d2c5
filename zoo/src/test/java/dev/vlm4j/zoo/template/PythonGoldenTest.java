package dev.vlm4j.zoo.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares our own small templates with what Python made of them (template_goldens.py). */
class PythonGoldenTest {
  /** What Python renders and this engine refuses on purpose. */
  private static final Set<String> REFUSED =
      Set.of(
          "{{ s.__class__ }}",
          "{{ d.__len__ }}",
          "{{ f.is_integer() }}",
          "{{ n.bit_length() }}",
          "{{ 'é'.encode() }}",
          "{{ lipsum() }}",
          "{{ self }}",
          "{{ 9223372036854775807 + 1 }}",
          "{{ 9223372036854775808 }}",
          "{{ '%5d' % 3 }}",
          "{{ '{:>5}'.format(3) }}",
          "{{ namespace }}",
          "{{ 'x' | urlencode }}",
          "{% for x in nums recursive %}{% endfor %}",
          "{% macro m() %} x {% endmacro %}[{{ m() | trim }}]{{ m }}{{ m.name }}",
          "{% block a %}x{% endblock %}",
          "{% autoescape true %}{{ '<' }}{% endautoescape %}",
          "{% if x %}{{ 'a' | nosuchfilter }}{% endif %}");

  private static final ObjectMapper JSON = new ObjectMapper();

  record Case(String template, JsonNode expected, Map<String, Object> context) {
    @Override
    public String toString() {
      return template;
    }
  }

  static Stream<Case> cases() throws IOException {
    try (InputStream in = PythonGoldenTest.class.getResourceAsStream("goldens.json")) {
      JsonNode root = JSON.readTree(Objects.requireNonNull(in));
      Map<String, Object> context = context(root.get("context"));
      return StreamSupport.stream(root.get("cases").spliterator(), false)
          .map(node -> new Case(node.get("template").asText(), node, context));
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> context(JsonNode node) {
    return JSON.convertValue(node, Map.class);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rendersWhatPythonRendersOrFailsWherePythonFails(Case golden) {
    if (golden.expected().has("error") || REFUSED.contains(golden.template())) {
      assertThatThrownBy(() -> render(golden)).isInstanceOf(TemplateException.class);
    } else {
      assertThat(render(golden)).isEqualTo(golden.expected().get("output").asText());
    }
  }

  private static String render(Case golden) {
    StringBuilder text = new StringBuilder();
    ChatTemplate.parse("golden", golden.template())
        .render(golden.context(), Limits.standard())
        .forEach(part -> text.append(part.text()));
    return text.toString();
  }
}
