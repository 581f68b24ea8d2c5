package dev.vlm4j.models.image;

/**
 * Size of a picture in pixels, height first as in the reference.
 *
 * @param height rows
 * @param width pixels in a row
 */
public record Extent(int height, int width) {}
