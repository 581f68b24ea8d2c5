/** Picture preprocessing that several architectures share. */
@NullMarked
package dev.vlm4j.models.image;

import org.jspecify.annotations.NullMarked;
