/** LLaVA-OneVision: one picture as many tiles, several pictures as one tile each. */
@NullMarked
package dev.vlm4j.models.llavaonevision;

import org.jspecify.annotations.NullMarked;
