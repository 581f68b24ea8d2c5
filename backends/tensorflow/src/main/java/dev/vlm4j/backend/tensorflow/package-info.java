/** Compiles graphs to TensorFlow graphs and runs them with TensorFlow Java. */
@NullMarked
package dev.vlm4j.backend.tensorflow;

import org.jspecify.annotations.NullMarked;
