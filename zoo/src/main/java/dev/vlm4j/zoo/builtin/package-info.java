/** The model that comes with the library. */
@NullMarked
package dev.vlm4j.zoo.builtin;

import org.jspecify.annotations.NullMarked;
