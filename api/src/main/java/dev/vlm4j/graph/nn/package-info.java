/** Composite operators: each expands to primitives and may have a native form per backend. */
@NullMarked
package dev.vlm4j.graph.nn;

import org.jspecify.annotations.NullMarked;
