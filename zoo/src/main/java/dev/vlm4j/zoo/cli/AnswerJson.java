package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.api.Answer;
import dev.vlm4j.api.Timings;
import dev.vlm4j.api.Usage;
import java.util.Locale;

/** The JSON form of an answer. */
final class AnswerJson {
  private AnswerJson() {}

  static ObjectNode of(Answer answer) {
    ObjectNode json = JsonOutput.object();
    json.put("text", answer.text());
    json.set("token_ids", JsonOutput.ids(answer.tokenIds()));
    json.set("prompt_token_ids", JsonOutput.ids(answer.promptTokenIds()));
    json.put("finish_reason", answer.finishReason().name().toLowerCase(Locale.ROOT));
    json.set("usage", usage(answer.usage()));
    json.set("timings", timings(answer.timings()));
    answer.parsed().ifPresent(parsed -> json.set("parsed", ParsedJson.of(parsed)));
    return json;
  }

  private static ObjectNode usage(Usage usage) {
    return JsonOutput.object()
        .put("prompt_tokens", usage.promptTokens())
        .put("image_tokens", usage.imageTokens())
        .put("completion_tokens", usage.completionTokens());
  }

  private static ObjectNode timings(Timings timings) {
    return JsonOutput.object()
        .put("load_ms", JsonOutput.rounded(timings.loadMs()))
        .put("preprocess_ms", JsonOutput.rounded(timings.preprocessMs()))
        .put("vision_ms", JsonOutput.rounded(timings.visionMs()))
        .put("prefill_ms", JsonOutput.rounded(timings.prefillMs()))
        .put("decode_ms", JsonOutput.rounded(timings.decodeMs()))
        .put("time_to_first_token_ms", JsonOutput.rounded(timings.timeToFirstTokenMs()));
  }
}
