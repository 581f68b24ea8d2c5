package dev.vlm4j.conformance.checkpoint;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.RequestFeed;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.spi.Tolerance;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Compares one case stage by stage, so that a failure names the first stage that differs.
 *
 * @param where checkpoint, case and backend, for messages
 * @param golden what the reference library computed
 */
record GoldenCheck(String where, GoldenCase golden) {
  private static final Tolerance EXACT =
      new Tolerance(0, 0, "pixels are computed in Java the way the reference does, bit by bit");
  private static final Tolerance FEATURES =
      new Tolerance(1e-4, 1e-4, "a vision tower adds in another order");
  private static final Tolerance LOGITS =
      new Tolerance(
          5e-4, 1e-4, "tower and decoder add in another order; no recorded choice is that close");

  /** Cuts every picture of the checkpoints, and leaves a shorter part at the end. */
  private static final int PART = 7;

  /** Compares the ids of the prompt and the pixels. */
  ModelInputs inputs(VisionLanguageModel model) {
    ModelInputs inputs = model.inputs(golden.prompt());
    assertThat(inputs.prompt()).as("%s: rendered prompt", where).isEqualTo(golden.rendered());
    assertThat(inputs.promptTokenIds()).as("%s: prompt ids", where).isEqualTo(golden.promptIds());
    int tokens = inputs.images().stream().mapToInt(ModelInputs.ImageInput::tokens).sum();
    assertThat(tokens).as("%s: picture tokens", where).isEqualTo(golden.imageTokens());
    if (!golden.results().isEmpty()) {
      float[] pixels = StagedCheckpoint.images(inputs).tensors().get(0).tensor().floats();
      check("pixel values", FloatDifference.of(golden.pixels(), pixels, EXACT), "");
    }
    golden.integers().forEach((name, wanted) -> checkIntegers(name, wanted, inputs));
    return inputs;
  }

  /** Compares the results of the projector and the logits after the prompt. */
  void stages(StagedCheckpoint checkpoint, Backend backend, ModelInputs inputs) {
    ProcessedImages images = StagedCheckpoint.images(inputs);
    int[] ids = golden.promptIds().stream().mapToInt(Integer::intValue).toArray();
    RequestFeed feed = checkpoint.adapter().feed(ids, images);
    Map<String, Tensor> features = vision(checkpoint, backend, feed.vision());
    if (checkpoint.has(ModelAdapter.ENCODER)) {
      features = checkpoint.stage(backend, ModelAdapter.ENCODER, feed.encoder(features));
    }
    Map<String, Tensor> fed = feed.prompt(features);
    float[] logits = checkpoint.logits(backend, List.of(fed)).floats();
    Graph graph = checkpoint.graph(ModelAdapter.DECODER);
    check(
        "logits after the prompt",
        FloatDifference.of(golden.logits(), logits, LOGITS),
        () -> bisect(checkpoint, backend, graph, fed, LOGITS));
    List<Map<String, Tensor>> parts = feed.prompt(features, PART);
    float[] inParts = parts.size() == 1 ? logits : checkpoint.logits(backend, parts).floats();
    check(
        "logits after the prompt, read in parts",
        FloatDifference.of(golden.logits(), inParts, LOGITS),
        "the whole prompt at once gave the right ones");
  }

  private void checkIntegers(String name, List<Integer> wanted, ModelInputs inputs) {
    List<Integer> got =
        inputs.tensors().stream()
            .filter(tensor -> tensor.name().equals(name))
            .flatMap(tensor -> Arrays.stream(tensor.tensor().ints()).boxed())
            .toList();
    assertThat(got).as("%s: %s", where, name).isEqualTo(wanted);
  }

  /** Returns the results of all runs, joined as a request joins them. */
  private Map<String, Tensor> vision(
      StagedCheckpoint checkpoint, Backend backend, List<Map<String, Tensor>> runs) {
    assertThat(runs.isEmpty())
        .as("%s: the vision stage is not run", where)
        .isEqualTo(golden.results().isEmpty());
    List<Map<String, Tensor>> results =
        runs.stream().map(fed -> checkpoint.stage(backend, ModelAdapter.VISION, fed)).toList();
    Map<String, Tensor> joined = new HashMap<>();
    for (Map.Entry<String, float[]> wanted : golden.results().entrySet()) {
      List<Tensor> parts =
          results.stream().map(result -> requireNonNull(result.get(wanted.getKey()))).toList();
      joined.put(wanted.getKey(), Tensor.joined(parts));
      float[] got = requireNonNull(joined.get(wanted.getKey())).floats();
      check(
          "vision stage, " + wanted.getKey(),
          FloatDifference.of(wanted.getValue(), got, FEATURES),
          () -> bisectVision(checkpoint, backend, runs));
    }
    return joined;
  }

  private static String bisectVision(
      StagedCheckpoint checkpoint, Backend backend, List<Map<String, Tensor>> runs) {
    Graph graph = checkpoint.graph(ModelAdapter.VISION);
    return runs.stream()
        .map(fed -> bisect(checkpoint, backend, graph, fed, FEATURES))
        .collect(Collectors.joining("; "));
  }

  private static String bisect(
      StagedCheckpoint checkpoint,
      Backend backend,
      Graph graph,
      Map<String, Tensor> inputs,
      Tolerance tolerance) {
    return Divergence.describe(checkpoint, backend, graph, inputs, tolerance);
  }

  /** Compares the whole answer and its pieces. */
  void answer(VisionLanguageModel model) {
    StringBuilder pieces = new StringBuilder();
    Answer answer = model.generate(golden.prompt(), golden.options(), pieces::append);
    check(answer);
    assertThat(pieces).as("%s: streamed pieces", where).hasToString(golden.answer());
  }

  /** Compares everything that an answer says. */
  void check(Answer answer) {
    assertThat(answer.promptTokenIds())
        .as("%s: prompt ids of the answer", where)
        .isEqualTo(golden.promptIds());
    List<Integer> ids = answer.tokenIds();
    assertThat(ids)
        .as("%s: answer, first different token at %d", where, firstDifference(ids))
        .isEqualTo(golden.answerIds());
    assertThat(answer.text()).as("%s: text", where).isEqualTo(golden.answer());
    assertThat(answer.finishReason()).as("%s: finish reason", where).isEqualTo(golden.finish());
    assertThat(
            List.of(
                answer.usage().promptTokens(),
                answer.usage().imageTokens(),
                answer.usage().completionTokens()))
        .as("%s: usage: prompt, picture and new tokens", where)
        .containsExactly(
            golden.promptIds().size(), golden.imageTokens(), golden.answerIds().size());
  }

  private int firstDifference(List<Integer> ids) {
    int i = 0;
    while (i < ids.size()
        && i < golden.answerIds().size()
        && ids.get(i).equals(golden.answerIds().get(i))) {
      i++;
    }
    return i;
  }

  private void check(String stage, FloatDifference difference, String more) {
    check(stage, difference, () -> more);
  }

  private void check(String stage, FloatDifference difference, Supplier<String> more) {
    if (difference.exists()) {
      throw new AssertionError("%s: %s: %s; %s".formatted(where, stage, difference, more.get()));
    }
  }
}
