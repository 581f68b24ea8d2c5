package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.api.ModelInfo;
import dev.vlm4j.zoo.parity.EngineParity;
import dev.vlm4j.zoo.parity.OtherToken;
import dev.vlm4j.zoo.parity.ParityReport;
import dev.vlm4j.zoo.parity.ParityTrace;
import dev.vlm4j.zoo.parity.StageParity;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A comparison of engines as JSON. A difference that is not finite is null. */
final class ParityJson {
  private ParityJson() {}

  static ObjectNode of(ParityReport report) {
    ObjectNode json = JsonOutput.object();
    json.put("model", report.model());
    json.set("base", engine(report.base()));
    json.set("token_ids", JsonOutput.ids(report.answer().tokenIds()));
    json.put("text", report.answer().text());
    json.put("prompt_tokens", report.answer().usage().promptTokens());
    json.put("within", report.isWithin());
    json.set("engines", JsonOutput.objects(report.engines().stream().map(ParityJson::of).toList()));
    return json;
  }

  private static ObjectNode engine(List<ModelInfo.Stage> stages) {
    ModelInfo.Stage first = stages.get(0);
    return JsonOutput.object()
        .put("backend", first.backend())
        .put("engine_version", first.engineVersion())
        .put("precision", ModelStages.perStage(stages, ModelInfo.Stage::precision));
  }

  private static ObjectNode of(EngineParity parity) {
    ObjectNode json = engine(parity.engine());
    json.put("within", parity.isWithin());
    json.set("stages", JsonOutput.objects(parity.stages().stream().map(ParityJson::of).toList()));
    json.set("first_other_token", parity.otherToken().map(ParityJson::of).orElse(null));
    json.put("tokens_matter", parity.tokensMatter());
    json.set("trace", parity.trace().map(ParityJson::of).orElse(null));
    return json;
  }

  private static ObjectNode of(StageParity stage) {
    return JsonOutput.object()
        .put("stage", stage.stage().label().replace(' ', '_'))
        .put("difference", finite(stage.difference()))
        .put("alone", finite(stage.alone()))
        .put("limit", finite(stage.limit()))
        .put("within", stage.isWithin());
  }

  private static ObjectNode of(OtherToken token) {
    return JsonOutput.object()
        .put("index", token.index())
        .put("expected", orNull(token.expected()))
        .put("actual", orNull(token.actual()));
  }

  private static ObjectNode of(ParityTrace trace) {
    ObjectNode json = JsonOutput.object().put("stage", trace.stage()).put("run", trace.run());
    json.put("scope", trace.place().map(ParityTrace.Place::scope).orElse(null));
    json.put("operator", trace.place().map(ParityTrace.Place::operator).orElse(null));
    json.put("difference", trace.place().map(place -> finite(place.difference())).orElse(null));
    json.put("limit", trace.place().map(place -> finite(place.limit())).orElse(null));
    return json;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static @Nullable Integer orNull(OptionalInt id) {
    return id.isPresent() ? id.getAsInt() : null;
  }
}
