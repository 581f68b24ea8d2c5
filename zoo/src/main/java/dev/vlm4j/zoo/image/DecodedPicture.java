package dev.vlm4j.zoo.image;

import dev.vlm4j.spi.RgbImage;
import java.util.OptionalInt;

/**
 * A picture of a prompt.
 *
 * @param image its pixels
 * @param keyColour colour {@code 0xRRGGBB} that its file declares transparent
 */
public record DecodedPicture(RgbImage image, OptionalInt keyColour) {}
