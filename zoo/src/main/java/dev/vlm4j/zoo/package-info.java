/** Finds a checkpoint, assembles a model from it and runs the generation loop. */
@NullMarked
package dev.vlm4j.zoo;

import org.jspecify.annotations.NullMarked;
