package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.api.Answer;
import dev.vlm4j.api.ModelInfo;
import dev.vlm4j.api.Timings;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Measured runs of one request.
 *
 * @param runs the answers, at least one
 * @param info the model that gave them
 * @param threads threads of the engine, 0 if it chose
 * @param peakRss most resident memory so far, in megabytes
 */
record Benchmark(List<Answer> runs, ModelInfo info, int threads, OptionalDouble peakRss) {
  private static final double MS_PER_SECOND = 1000;

  ObjectNode json() {
    ObjectNode json = JsonOutput.object();
    json.put("load_ms", JsonOutput.rounded(runs.get(0).timings().loadMs()));
    times(Timings::preprocessMs).put(json, "preprocess_ms");
    times(Timings::visionMs).put(json, "vision_ms");
    json.put("prefill_tokens", prefillTokens());
    times(Timings::prefillMs).put(json, "prefill_ms");
    prefillSpeed().put(json, "prefill_tokens_per_s");
    times(Timings::timeToFirstTokenMs).put(json, "time_to_first_token_ms");
    decodeSpeed().put(json, "decode_tokens_per_s");
    json.put("peak_rss_mb", peakRss.isEmpty() ? null : JsonOutput.rounded(peakRss.getAsDouble()));
    json.put("weights_mb", JsonOutput.rounded(weightsMb()));
    json.put("backend", perStage(ModelInfo.Stage::backend));
    json.put("precision", perStage(ModelInfo.Stage::precision));
    json.put("threads", threads);
    return json;
  }

  List<String> lines() {
    return List.of(
        row("load", String.format(Locale.ROOT, "%10.1f ms", runs.get(0).timings().loadMs())),
        row("preprocess", times(Timings::preprocessMs).text("ms")),
        row("vision", times(Timings::visionMs).text("ms")),
        row("prefill", times(Timings::prefillMs).text("ms") + ", " + prefillTokens() + " tokens"),
        row("", prefillSpeed().text("tokens/s")),
        row("first token", times(Timings::timeToFirstTokenMs).text("ms")),
        row("decode", decodeSpeed().text("tokens/s")),
        row("peak memory", peakRss.isEmpty() ? "unknown" : megabytes(peakRss.getAsDouble())),
        row("weights", megabytes(weightsMb())),
        row("engine", perStage(ModelInfo.Stage::backend)),
        row("precision", perStage(ModelInfo.Stage::precision)),
        row("threads", threads == 0 ? "chosen by the engine" : Integer.toString(threads)));
  }

  private static String row(String name, String value) {
    return String.format(Locale.ROOT, "%-12s %s", name, value).stripTrailing();
  }

  private static String megabytes(double value) {
    return String.format(Locale.ROOT, "%10.1f MB", value);
  }

  private int prefillTokens() {
    return runs.get(0).usage().promptTokens();
  }

  private double weightsMb() {
    return info.weightBytes() / PeakMemory.BYTES_PER_MB;
  }

  private Samples times(ToDoubleFunction<Timings> time) {
    return Samples.of(runs, run -> time.applyAsDouble(run.timings()));
  }

  private Samples prefillSpeed() {
    return Samples.of(
        runs, run -> MS_PER_SECOND * run.usage().promptTokens() / run.timings().prefillMs());
  }

  /** The first token belongs to the prefill; with no other one there is no speed. */
  private Samples decodeSpeed() {
    return Samples.of(
        runs,
        run -> {
          int tokens = run.usage().completionTokens() - 1;
          return tokens < 1 ? Double.NaN : MS_PER_SECOND * tokens / run.timings().decodeMs();
        });
  }

  private String perStage(Function<ModelInfo.Stage, String> property) {
    return ModelStages.perStage(info.stages(), property);
  }
}
