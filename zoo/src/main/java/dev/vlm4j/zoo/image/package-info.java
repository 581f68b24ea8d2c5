/** From the bytes of a picture file to 8-bit RGB. */
@NullMarked
package dev.vlm4j.zoo.image;

import org.jspecify.annotations.NullMarked;
