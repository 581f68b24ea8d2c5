package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListingCommandsTest {
  @Test
  void listsBackendsForPeople() {
    assertThat(CommandLineRun.of("backends").out())
        .isEqualTo(
            """
            name         version  usable  precisions  capabilities
            onnxruntime  1.29.0   yes     fp32 int8   weights_in_place
            djl                   no
            djl is not usable: the native library is missing
            """);
  }

  @Test
  void listsBackendsAsOneObject() {
    assertThat(CommandLineRun.of("backends", "--format", "json").out())
        .isEqualTo(
            "{\"backends\":[{\"name\":\"onnxruntime\",\"description\":\"ONNX Runtime\","
                + "\"usable\":true,\"version\":\"1.29.0\",\"precisions\":[\"fp32\",\"int8\"],"
                + "\"capabilities\":[\"weights_in_place\"],\"reason\":null},"
                + "{\"name\":\"djl\",\"description\":\"PyTorch\",\"usable\":false,"
                + "\"version\":null,\"precisions\":[],\"capabilities\":[],"
                + "\"reason\":\"the native library is missing\"}]}\n");
  }

  @Test
  void listsArchitecturesForPeople() {
    assertThat(CommandLineRun.of("models").out())
        .isEqualTo(
            """
            architecture  model_type  commands  tested checkpoints
            llava         llava       all       llava-hf/llava-1.5-7b-hf
            seer          seer seer2  inputs    org/seer

            alias     checkpoint                family  size     licence  gated    good at    djl
            llava-7b  llava-hf/llava-1.5-7b-hf  LLaVA   7.1B     MIT      yes      questions  2/3
            seer-1b   org/seer                  Seer    unknown  unknown  unknown  sights     not yet
            """);
  }

  @Test
  void listsArchitecturesAsOneObject() {
    assertThat(CommandLineRun.of("models", "--format", "json").out())
        .isEqualTo(
            "{\"architectures\":[{\"name\":\"llava\",\"model_types\":[\"llava\"],"
                + "\"runs\":true,\"checkpoints\":[\"llava-hf/llava-1.5-7b-hf\"]},"
                + "{\"name\":\"seer\",\"model_types\":[\"seer\",\"seer2\"],"
                + "\"runs\":false,\"checkpoints\":[\"org/seer\"]}],"
                + "\"checkpoints\":[{\"alias\":\"llava-7b\",\"id\":\"llava-hf/llava-1.5-7b-hf\","
                + "\"family\":\"LLaVA\",\"model_type\":\"llava\",\"parameters\":7063427072,"
                + "\"license\":\"MIT\",\"gated\":true,\"good_at\":\"questions\",\"runs\":true,"
                + "\"conformance\":{\"djl\":{\"passed\":2,\"cases\":3}}},"
                + "{\"alias\":\"seer-1b\",\"id\":\"org/seer\",\"family\":\"Seer\","
                + "\"model_type\":\"seer\",\"parameters\":null,\"license\":null,\"gated\":null,"
                + "\"good_at\":\"sights\",\"runs\":false,\"conformance\":{}}]}\n");
  }

  @Test
  void keepsJsonOnOneLineForEveryReader() {
    String line = JsonOutput.oneLine(JsonOutput.object().put("text", "a\nb\u2028c\u0085d\u00e9"));

    assertThat(line).isEqualTo("{\"text\":\"a\\nb\\u2028c\\u0085d\u00e9\"}");
  }
}
