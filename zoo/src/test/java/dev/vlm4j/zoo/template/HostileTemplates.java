package dev.vlm4j.zoo.template;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Templates that need too much of something, and what it takes to stop them. */
final class HostileTemplates {
  private static final List<String> ONCE =
      List.of(
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
          "{{ ('aaaaaaaaaa' * 399000).split('a') | length }}",
          "{{ 'x' | indent(1000000000, true) }}",
          "{{ ''.join(range(100000) | map('string') | map('center', 1000)) }}",
          "{{ [1] | batch(1000000000, 0) | list }}",
          "{{ [1] | slice(1000000000) | list }}",
          "{% for c in 'aaaaaaaaaa' * 399000 %}{% endfor %}",
          "{{ ('aaaaaaaaaa' * 399000) | unique | list }}",
          "{% set ns = namespace(a=[], b=[]) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a]"
              + " %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}{{ ns.a == ns.b }}",
          "{% set ns = namespace(a=[], b=[]) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a]"
              + " %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}{{ ns.a < ns.b }}",
          "{% set ns = namespace(a={}, b={}) %}{% for i in range(60) %}{% set ns.a = {1: ns.a, 2:"
              + " ns.a} %}{% set ns.b = {1: ns.b, 2: ns.b} %}{% endfor %}{{ ns.a == ns.b }}",
          "{% set ns = namespace(a=()) %}{% for i in range(60) %}{% set ns.a = (ns.a, ns.a) %}{%"
              + " endfor %}{{ {ns.a: 1} }}",
          "{% set ns = namespace(a=()) %}{% for i in range(60) %}{% set ns.a = (ns.a, ns.a) %}{%"
              + " endfor %}{{ {}[ns.a] }}");

  /** Each of these looks through long texts. */
  private static final List<String> REPEATED =
      List.of(
          "s == t",
          "s < t",
          "s in [t]",
          "'b' in s",
          "s is lower",
          "s | int",
          "s | float",
          "s | wordcount",
          "s | upper",
          "s | title",
          "s | escape",
          "[s] | string",
          "s.format(1)",
          "s.capitalize()",
          "s[::-1]",
          "{s: 1}[t]",
          "dict([[s, 1]])[t]",
          "{(s, 1): 1}.get((t, 1))",
          "[s, t] | sort",
          "e[1000000 + i]",
          "e is lower",
          "e | wordcount",
          "e.format(1)",
          "[{}] | map(attribute=s) | list");

  static final List<String> ALL =
      Stream.concat(ONCE.stream(), REPEATED.stream().map(HostileTemplates::repeated)).toList();

  private static final int TRIES = 6;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private HostileTemplates() {}

  private static String repeated(String expression) {
    return "{% set s = 'aaaaaaaaaa' * 390000 %}{% set t = 'aaaaaaaaaa' * 390000 %}"
        + "{% set e = '\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00' * 400000 %}"
        + "{% for i in range(100000) %}{% set x = "
        + expression
        + " %}{% endfor %}";
  }

  /** Prints per template how it ended and the least nanoseconds of processor time it took. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String template : ALL) {
      long least = Long.MAX_VALUE;
      String end = "";
      for (int i = 0; i < TRIES; i++) {
        long start = THREADS.getCurrentThreadCpuTime();
        end = end(template);
        least = Math.min(least, THREADS.getCurrentThreadCpuTime() - start);
      }
      out.println(end + " " + least + " " + template);
    }
  }

  private static String end(String template) {
    try {
      ChatTemplate.parse("bad", template).render(Map.of(), Limits.standard());
      return "NONE";
    } catch (TemplateException e) {
      return e.code().name();
    }
  }
}
