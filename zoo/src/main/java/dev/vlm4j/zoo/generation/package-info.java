/** The generation loop: knows neither engines nor architectures. */
@NullMarked
package dev.vlm4j.zoo.generation;

import org.jspecify.annotations.NullMarked;
