package dev.vlm4j.conformance.checkpoint;

import dev.vlm4j.api.FinishReason;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.Prompt;
import java.util.List;
import java.util.Map;

/**
 * One request and what the reference library computed for it in fp32.
 *
 * @param name a name unique in its checkpoint
 * @param prompt the request
 * @param rendered the prompt's text with expanded placeholders
 * @param promptIds its ids
 * @param imageTokens how many of them stand for pictures
 * @param pixels pixel values of all pictures in order
 * @param results results of the vision stage by name, those of all pictures joined; none without
 *     pictures
 * @param integers other tensors that the reference processor returns, by name
 * @param logits logits after the prompt
 * @param answerIds ids of the answer
 * @param answer its text
 * @param finish why it ends
 * @param options the settings that were given
 */
record GoldenCase(
    String name,
    Prompt prompt,
    String rendered,
    List<Integer> promptIds,
    int imageTokens,
    float[] pixels,
    Map<String, float[]> results,
    Map<String, List<Integer>> integers,
    float[] logits,
    List<Integer> answerIds,
    String answer,
    FinishReason finish,
    GenerationOptions options) {}
