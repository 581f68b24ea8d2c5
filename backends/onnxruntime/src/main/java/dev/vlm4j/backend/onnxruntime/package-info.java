/** Compiles graphs to ONNX models and runs them on ONNX Runtime. */
@NullMarked
package dev.vlm4j.backend.onnxruntime;

import org.jspecify.annotations.NullMarked;
