package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  @Test
  void printsFindingsWithAdviceAndFails() {
    CommandLineRun run = CommandLineRun.of("doctor");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .isEqualTo(
            """
            ok       java      17.0.15
            warning  memory    1.0 GB of 2.0 GB
                     -> close programs
            problem  endpoint  no answer
                     -> check the network
            """);
    assertThat(run.errorLines())
        .containsExactly("vlm4j: not everything works here: endpoint; see the advice");
  }

  @Test
  void warningsAreNoFailure() {
    CommandLineRun run = CommandLineRun.of("doctor", "--offline", "--format", "json");
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    JsonNode json = run.json().get(0);
    assertThat(json.path("healthy").asBoolean()).isTrue();
    assertThat(json.path("findings").get(1).path("health").asText()).isEqualTo("warning");
    assertThat(json.path("findings").get(0).path("advice").isNull()).isTrue();
  }

  @Test
  void printsOneObjectAlsoWhenItFails() {
    CommandLineRun run = CommandLineRun.of("doctor", "--format", "json");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json()).hasSize(1);
    assertThat(run.json().get(0).path("healthy").asBoolean()).isFalse();
  }
}
