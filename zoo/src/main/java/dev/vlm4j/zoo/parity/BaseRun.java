package dev.vlm4j.zoo.parity;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.ModelInfo;
import java.util.List;

/**
 * What the base did.
 *
 * @param engine its stages
 * @param answer its answer
 * @param request the request with that answer
 * @param outputs what its stages gave
 */
record BaseRun(
    List<ModelInfo.Stage> engine, Answer answer, ForcedRequest request, StageOutputs outputs) {}
