/** Typed errors. */
@NullMarked
package dev.vlm4j.error;

import org.jspecify.annotations.NullMarked;
