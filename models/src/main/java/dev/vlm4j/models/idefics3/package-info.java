/** Idefics3 and SmolVLM: processor and prompt rules. */
@NullMarked
package dev.vlm4j.models.idefics3;

import org.jspecify.annotations.NullMarked;
