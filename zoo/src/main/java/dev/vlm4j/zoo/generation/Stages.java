package dev.vlm4j.zoo.generation;

import dev.vlm4j.spi.CompiledGraph;

/**
 * The compiled stages of a model; who compiled them closes them.
 *
 * @param vision from pictures to features
 * @param decoder from tokens and features to logits
 */
public record Stages(CompiledGraph vision, CompiledGraph decoder) {}
