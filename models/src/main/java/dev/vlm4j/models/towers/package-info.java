/** Encoders and decoders that several architectures share. */
@NullMarked
package dev.vlm4j.models.towers;

import org.jspecify.annotations.NullMarked;
