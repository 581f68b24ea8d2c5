/**
 * Whole checkpoints on every backend: tiny ones with random weights, compared with what Hugging
 * Face Transformers computed with them.
 */
@NullMarked
package dev.vlm4j.conformance.checkpoint;

import org.jspecify.annotations.NullMarked;
