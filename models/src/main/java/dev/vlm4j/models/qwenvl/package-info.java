/** Qwen2-VL, Qwen2.5-VL and Qwen3-VL: pictures of any size, positions in time, height and width. */
@NullMarked
package dev.vlm4j.models.qwenvl;

import org.jspecify.annotations.NullMarked;
