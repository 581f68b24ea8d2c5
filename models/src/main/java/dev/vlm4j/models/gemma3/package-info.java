/** Gemma 3: processor and prompt rules. */
@NullMarked
package dev.vlm4j.models.gemma3;

import org.jspecify.annotations.NullMarked;
