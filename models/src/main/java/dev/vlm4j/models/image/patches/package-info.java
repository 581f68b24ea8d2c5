/** Pictures of any size as rows of patches, as Qwen-VL and its relatives see them. */
@NullMarked
package dev.vlm4j.models.image.patches;

import org.jspecify.annotations.NullMarked;
