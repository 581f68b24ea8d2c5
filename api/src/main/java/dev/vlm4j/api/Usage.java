package dev.vlm4j.api;

/**
 * Token counts of one request.
 *
 * @param promptTokens tokens of the prompt, those of pictures included
 * @param imageTokens tokens of the prompt that stand for pictures
 * @param completionTokens generated tokens, a final end-of-sequence token included
 */
public record Usage(int promptTokens, int imageTokens, int completionTokens) {}
