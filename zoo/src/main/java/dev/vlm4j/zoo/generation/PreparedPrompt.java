package dev.vlm4j.zoo.generation;

import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.TextPart;
import dev.vlm4j.zoo.tokenizer.EncodedPiece;
import java.util.List;

/**
 * A prompt as the model sees it.
 *
 * @param pictures decoded pictures
 * @param images the same as tensors
 * @param text rendered prompt with expanded placeholders
 * @param pieces the same as ids, piece by piece
 * @param ids its ids
 */
public record PreparedPrompt(
    List<Picture> pictures,
    ProcessedImages images,
    List<TextPart> text,
    List<EncodedPiece> pieces,
    int[] ids) {}
