/** From a conversation to a rendered prompt. */
@NullMarked
package dev.vlm4j.zoo.prompt;

import org.jspecify.annotations.NullMarked;
