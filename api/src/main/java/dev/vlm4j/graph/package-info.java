/** The neutral graph: values, nodes, symbolic dimensions, builder, verifier, printer. */
@NullMarked
package dev.vlm4j.graph;

import org.jspecify.annotations.NullMarked;
