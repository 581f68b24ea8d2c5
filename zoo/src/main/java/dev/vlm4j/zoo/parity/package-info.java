/** One request on several engines, and how far their results lie apart. */
@NullMarked
package dev.vlm4j.zoo.parity;

import org.jspecify.annotations.NullMarked;
