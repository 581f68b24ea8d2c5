/** LLaVA-OneVision-1.5: pictures of any size as rows of patches, like Qwen-VL's. */
@NullMarked
package dev.vlm4j.models.llavaonevision15;

import org.jspecify.annotations.NullMarked;
