/** A checkpoint's folder: JSON files and safetensors, read strictly and in place. */
@NullMarked
package dev.vlm4j.zoo.checkpoint;

import org.jspecify.annotations.NullMarked;
