/** Tests of the PyTorch backend. */
@NullMarked
package dev.vlm4j.backend.djl;

import org.jspecify.annotations.NullMarked;
