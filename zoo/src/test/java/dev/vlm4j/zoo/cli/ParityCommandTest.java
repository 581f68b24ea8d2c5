package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vlm4j.spi.Precision;
import org.junit.jupiter.api.Test;

class ParityCommandTest {
  private static CommandLineRun run(String backends, String... more) {
    String[] arguments = {"parity", "--model", "fake", "--prompt", "hello", "--backends", backends};
    String[] all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return CommandLineRun.of(all);
  }

  @Test
  void exitsWith0IfAllEnginesAreWithinTheTolerance() {
    CommandLineRun run = run("reference,djl", "--trace");

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .containsExactly(
            "base: reference 1 in fp32; 5 prompt tokens, 3 new tokens",
            "engine             largest difference  first logits  first other token  verdict",
            "djl 2.7.1 in fp32  all stages          1.0e-06       none               within",
            "                   stage alone         0",
            "                   limit               1.0e-03       none allowed",
            "djl: no graph is beyond its limit: nothing to trace");
  }

  @Test
  void exitsWith1AndSaysWhichEngineIsBeyond() {
    CommandLineRun run = run("reference,wrong", "--trace");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errorLines()).containsExactly("vlm4j: beyond the tolerance: wrong");
    assertThat(run.out())
        .contains("beyond")
        .contains("1: the end, not 8")
        .contains(
            "wrong: leaves the base in decoder, run 2, at layers.3.mlp: the result of Linear");
  }

  @Test
  void printsOneJsonObjectPerRequest() {
    CommandLineRun run = run("wrong,reference", "--format", "json");

    assertThat(run.code()).isEqualTo(1);
    JsonNode json = run.json().get(0);
    assertThat(json.at("/base/backend").asText()).isEqualTo("reference");
    assertThat(json.at("/token_ids").toString()).isEqualTo("[7,8,2]");
    assertThat(json.at("/within").asBoolean(true)).isFalse();
    JsonNode engine = json.at("/engines/0");
    assertThat(engine.at("/backend").asText()).isEqualTo("wrong");
    assertThat(engine.at("/stages/0").toString())
        .isEqualTo(
            "{\"stage\":\"first_logits\",\"difference\":null,\"alone\":0.0,\"limit\":0.001,"
                + "\"within\":false}");
    assertThat(engine.at("/first_other_token").toString())
        .isEqualTo("{\"index\":1,\"expected\":8,\"actual\":null}");
    assertThat(engine.at("/trace/scope").asText()).isEqualTo("layers.3.mlp");
  }

  @Test
  void handsOverBackendsPrecisionAndLimits() {
    CommandLineRun run = run(" djl, Reference ,djl", "--precision", "bf16");

    assertThat(run.zoo().compared.get(0).backends()).containsExactly("djl", "reference", "djl");
    assertThat(run.zoo().compared.get(0).others()).containsExactly("djl", "djl");
    assertThat(run.zoo().compared.get(0).generation().maxNewTokens()).hasValue(32);
    assertThat(run.zoo().compared.get(0).trace()).isFalse();
    assertThat(run.zoo().options.precision("decoder")).contains(Precision.BF16);
  }

  @Test
  void comparesAllInstalledEnginesUnlessSomeAreNamed() {
    CommandLineRun run = CommandLineRun.of("parity", "--model", "fake", "--prompt", "hello");

    assertThat(run.zoo().compared.get(0).backends()).containsExactly("onnxruntime", "djl");
  }
}
