/** Checkpoints that people know, from one file, and the short names that they have here. */
@NullMarked
package dev.vlm4j.zoo.catalog;

import org.jspecify.annotations.NullMarked;
