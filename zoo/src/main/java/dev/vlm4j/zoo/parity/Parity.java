package dev.vlm4j.zoo.parity;

import dev.vlm4j.api.Answer;
import dev.vlm4j.zoo.generation.PreparedPrompt;
import java.util.Optional;

/**
 * One request on several engines, one after the other. For one thread.
 *
 * @param model what is asked
 * @param request which engines, and what
 */
public record Parity(ParityModel model, ParityRequest request) {
  /**
   * Compares the engines.
   *
   * @throws dev.vlm4j.error.VlmException what loading and answering throw
   */
  public ParityReport report() {
    BaseRun base = base();
    return new ParityReport(
        model.id(),
        base.engine(),
        base.answer(),
        request.others().stream().map(backend -> parity(backend, base)).toList());
  }

  private BaseRun base() {
    try (ParityModel.Engine engine = model.load(request.base(), true)) {
      CompiledStages stages = CompiledStages.of(model, engine);
      Answer answer = engine.answer(request.prompt(), request.generation());
      PreparedPrompt prompt = model.prepare(request.prompt());
      ForcedRequest forced = new ForcedRequest(model.adapter(), prompt, answer.tokenIds());
      return new BaseRun(engine.stages(), answer, forced, stages.endToEnd(forced));
    }
  }

  private EngineParity parity(String backend, BaseRun base) {
    EngineComparison comparison = compare(backend, base);
    Optional<TracePoint> start =
        request.trace() ? comparison.firstBeyond() : Optional.<TracePoint>empty();
    EngineParity parity = comparison.parity();
    return start
        .map(point -> parity.with(new ScopeTrace(model, base, point).of(request.base(), backend)))
        .orElse(parity);
  }

  private EngineComparison compare(String backend, BaseRun base) {
    try (ParityModel.Engine engine = model.load(backend, false)) {
      CompiledStages stages = CompiledStages.of(model, engine);
      Answer answer = engine.answer(request.prompt(), request.generation());
      PreparedPrompt prompt = model.prepare(request.prompt());
      ForcedRequest forced = new ForcedRequest(model.adapter(), prompt, base.answer().tokenIds());
      StageOutputs own = stages.endToEnd(forced);
      return new EngineComparison(
          engine.stages(),
          OtherToken.of(base.answer().tokenIds(), answer.tokenIds()),
          base.outputs(),
          own,
          stages.alone(forced, base.outputs(), own));
    }
  }
}
