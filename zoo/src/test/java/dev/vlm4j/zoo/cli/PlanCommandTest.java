package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class PlanCommandTest {
  @Test
  void saysWhatAModelNeeds() {
    CommandLineRun run = CommandLineRun.of("plan", "org/tiny");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("llava (model_type llava)")
        .contains("apache-2.0, gated: its terms must be accepted")
        .contains("auto_map is never run")
        .contains("2, to fetch 2.0 MB, here 10 B, disk free 5.0 GB")
        .contains("1.0 million BF16")
        .contains("2048 of 2048 positions")
        .containsPattern("fp32 +304.0 MB .* no")
        .containsPattern("bf16 +302.0 MB .* yes")
        .containsPattern("onnxruntime +the native library is missing")
        .contains("next: vlm4j run --model org/tiny --backend djl --precision bf16");
  }

  @Test
  void printsOneObject() {
    JsonNode plan =
        CommandLineRun.of("plan", "--model", "org/tiny", "--format", "json").json().get(0);
    assertThat(plan.path("bytes_to_fetch").asLong()).isEqualTo(2_000_000);
    assertThat(plan.path("bytes_cached").asLong()).isEqualTo(10);
    assertThat(plan.path("memory").get(1).path("total").asLong()).isEqualTo(302_000_025);
    assertThat(plan.path("gated").asBoolean()).isTrue();
    assertThat(plan.path("problem").isNull()).isTrue();
    assertThat(plan.path("command").asText()).contains("--backend djl");
  }

  @Test
  void wantsOneModelAndAContextOfAtLeastOne() {
    assertThat(CommandLineRun.of("plan").code()).isEqualTo(2);
    assertThat(CommandLineRun.of("plan", "org/tiny", "--context", "-1").code()).isEqualTo(2);
    assertThat(CommandLineRun.of("plan", "org/tiny", "--context", "0").code()).isEqualTo(2);
    CommandLineRun two = CommandLineRun.of("plan", "org/tiny", "--model", "org/huge");
    assertThat(two.code()).isEqualTo(2);
    assertThat(two.err()).contains("two models are named, org/tiny and org/huge; give one");
  }

  @Test
  void quotesTheModelInTheNextCommand() {
    assertThat(CommandLineRun.of("plan", "my models/tiny").out())
        .contains("next: vlm4j run --model 'my models/tiny' --backend djl");
  }

  @Test
  void wantsAPictureThatIsThere() {
    assertThat(CommandLineRun.of("plan", "org/tiny", "--image", "nowhere.png").code()).isEqualTo(1);
  }
}
