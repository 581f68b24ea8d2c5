/** Idefics2: processor and prompt rules. */
@NullMarked
package dev.vlm4j.models.idefics2;

import org.jspecify.annotations.NullMarked;
