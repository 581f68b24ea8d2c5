/** BLIP-2: pictures as query tokens in front of a plain prompt. */
@NullMarked
package dev.vlm4j.models.blip2;

import org.jspecify.annotations.NullMarked;
