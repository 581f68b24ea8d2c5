/** A plain Java interpreter: the readable specification of every operator, with no speed goal. */
@NullMarked
package dev.vlm4j.backend.reference;

import org.jspecify.annotations.NullMarked;
