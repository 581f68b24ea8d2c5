/** LLaVA 1.5 and LLaVA interleave: a vision tower, a projector and a text decoder. */
@NullMarked
package dev.vlm4j.models.llava;

import org.jspecify.annotations.NullMarked;
