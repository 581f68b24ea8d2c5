/** The closed set of primitive operators that every backend lowers. */
@NullMarked
package dev.vlm4j.graph.op;

import org.jspecify.annotations.NullMarked;
