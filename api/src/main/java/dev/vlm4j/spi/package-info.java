/** What a backend, an architecture or a checkpoint reader implements. */
@NullMarked
package dev.vlm4j.spi;

import org.jspecify.annotations.NullMarked;
