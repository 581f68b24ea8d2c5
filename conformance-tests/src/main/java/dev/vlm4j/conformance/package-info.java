/** The conformance kit: what every backend and every architecture must pass. */
@NullMarked
package dev.vlm4j.conformance;

import org.jspecify.annotations.NullMarked;
