package dev.vlm4j.spi;

/**
 * A piece of a rendered prompt.
 *
 * @param text the text
 * @param fromUser whether it is a user's text, in which nothing is a special token
 */
public record TextPart(String text, boolean fromUser) {}
