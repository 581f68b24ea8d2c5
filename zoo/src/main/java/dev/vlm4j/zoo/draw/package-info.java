/** Pictures with the places drawn that an answer names. */
@NullMarked
package dev.vlm4j.zoo.draw;

import org.jspecify.annotations.NullMarked;
