package dev.vlm4j.models.towers;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.TextPart;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Replaces the placeholders that a chat template wrote by the text that stands for each picture.
 * What a user wrote is never a placeholder.
 *
 * @param placeholder what the template writes for a picture
 */
public record ImagePlaceholders(String placeholder) {
  /**
   * Returns the prompt with the n-th placeholder replaced by {@code expansion.apply(n)}.
   *
   * @param images number of pictures
   * @throws VlmException {@code IMAGE_COUNT_MISMATCH} if there are more or fewer placeholders
   */
  public List<TextPart> expand(List<TextPart> rendered, int images, IntFunction<String> expansion) {
    List<TextPart> expanded = new ArrayList<>();
    int seen = 0;
    for (TextPart part : rendered) {
      if (part.fromUser()) {
        expanded.add(part);
        continue;
      }
      StringBuilder text = new StringBuilder();
      int start = 0;
      int found = part.text().indexOf(placeholder);
      while (found >= 0) {
        text.append(part.text(), start, found);
        text.append(seen < images ? expansion.apply(seen) : "");
        seen++;
        start = found + placeholder.length();
        found = part.text().indexOf(placeholder, start);
      }
      expanded.add(new TextPart(text.append(part.text().substring(start)).toString(), false));
    }
    checkCount(seen, images);
    return expanded;
  }

  /**
   * Returns the prompt with the n-th placeholder written as often as the n-th picture has tokens.
   *
   * @throws VlmException as {@link #expand}
   */
  public List<TextPart> repeat(List<TextPart> rendered, ProcessedImages images) {
    List<ProcessedImages.Size> sizes = images.sizes();
    return expand(rendered, sizes.size(), image -> placeholder.repeat(sizes.get(image).tokens()));
  }

  private void checkCount(int placeholders, int images) {
    if (placeholders != images) {
      throw new VlmException(
          ErrorCode.IMAGE_COUNT_MISMATCH,
          "the prompt has "
              + images
              + " pictures, but the chat template wrote "
              + placeholders
              + " placeholders ("
              + placeholder
              + "): put every picture into a user's message,"
              + " and check that the checkpoint's chat template handles pictures");
    }
  }
}
