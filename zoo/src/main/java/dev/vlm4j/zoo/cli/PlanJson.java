package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.zoo.ModelPlan;
import java.util.TreeMap;

/** The JSON form of a plan. Sizes are bytes. */
final class PlanJson {
  private PlanJson() {}

  static ObjectNode of(ModelPlan plan) {
    ObjectNode json = JsonOutput.object();
    json.put("model", plan.model());
    json.put("commit", plan.commit().orElse(null));
    json.put("model_type", plan.modelType());
    json.put("architecture", plan.architecture().orElse(null));
    json.put("problem", plan.problem().isEmpty() ? null : plan.problem());
    json.put("license", plan.license().orElse(null));
    json.put("gated", plan.gated().orElse(null));
    json.set("ignored", JsonOutput.texts(plan.ignored()));
    json.set("files", JsonOutput.objects(plan.files().stream().map(PlanJson::file).toList()));
    json.put("bytes_to_fetch", plan.bytesToFetch());
    json.put("bytes_cached", plan.bytesCached());
    json.put("disk_free", plan.diskFree());
    ObjectNode parameters = JsonOutput.object();
    new TreeMap<>(plan.parameters()).forEach((type, count) -> parameters.put(type, count));
    json.set("parameters", parameters);
    json.put("context_length", plan.contextLength());
    json.put("planned_context", plan.plannedContext());
    json.put(
        "image_tokens",
        plan.imageTokens().isEmpty() ? null : Integer.valueOf(plan.imageTokens().getAsInt()));
    json.set("memory", JsonOutput.objects(plan.memory().stream().map(PlanJson::memory).toList()));
    json.put("memory_available", plan.memoryAvailable());
    json.set("backends", JsonOutput.objects(plan.backends().stream().map(PlanJson::fit).toList()));
    json.put("command", PlanText.command(plan).orElse(null));
    return json;
  }

  private static ObjectNode file(ModelPlan.PlannedFile file) {
    return JsonOutput.object()
        .put("name", file.name())
        .put("bytes", file.bytes())
        .put("cached", file.cached());
  }

  private static ObjectNode memory(ModelPlan.Memory memory) {
    return JsonOutput.object()
        .put("backend", memory.backend().isEmpty() ? null : memory.backend())
        .put("precision", memory.precision())
        .put("weights", memory.weights())
        .put("kv_cache", memory.cache())
        .put("activations", memory.activations())
        .put("program", memory.program())
        .put("total", memory.total());
  }

  private static ObjectNode fit(ModelPlan.Fit fit) {
    ObjectNode json = JsonOutput.object();
    json.put("name", fit.backend());
    json.set("precisions", JsonOutput.texts(fit.precisions()));
    json.put("reason", fit.reason().isEmpty() ? null : fit.reason());
    return json;
  }
}
