/** Compiles graphs to TorchScript archives and runs them on PyTorch through DJL. */
@NullMarked
package dev.vlm4j.backend.djl;

import org.jspecify.annotations.NullMarked;
