package dev.vlm4j.api;

/**
 * Size of a picture.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record PictureSize(int width, int height) {}
