package dev.vlm4j.spi;

import dev.vlm4j.api.PictureSize;

/**
 * A picture of a prompt, as its sizes say.
 *
 * @param original as decoded
 * @param seen as resized for the model
 */
public record SeenPicture(PictureSize original, PictureSize seen) {}
