/** From a rendered prompt to ids, and from ids to text. */
@NullMarked
package dev.vlm4j.zoo.tokenizer;

import org.jspecify.annotations.NullMarked;
