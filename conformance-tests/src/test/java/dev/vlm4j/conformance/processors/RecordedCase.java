package dev.vlm4j.conformance.processors;

import dev.vlm4j.api.Content;
import dev.vlm4j.api.Image;
import dev.vlm4j.api.ImageOptions;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One conversation, and what the reference's processor gave for it.
 *
 * @param written files of the folder that are others for this case, with their text; null for none
 * @param refused why it gave nothing; null if it did
 * @param text the prompt, shortened as {@link Shortened} says
 * @param ids shortened ids
 */
record RecordedCase(
    String name,
    List<Turn> messages,
    @Nullable Options options,
    @Nullable Map<String, String> written,
    @Nullable String refused,
    String text,
    String ids,
    List<RecordedTensor> tensors) {

  record Turn(String role, List<Part> content) {}

  record Part(
      String type,
      @Nullable String text,
      @Nullable String image,
      @Nullable Integer minPixels,
      @Nullable Integer maxPixels,
      @Nullable Integer resizedHeight,
      @Nullable Integer resizedWidth) {}

  /** Arguments of the processor, for all pictures. */
  record Options(
      @Nullable Integer minPixels, @Nullable Integer maxPixels, @Nullable Boolean doPanAndScan) {}

  Prompt prompt(Function<String, Image> pictures) {
    return new Prompt(messages.stream().map(turn -> message(turn, pictures)).toList());
  }

  private static Message message(Turn turn, Function<String, Image> pictures) {
    List<Content> parts = new ArrayList<>();
    for (Part part : turn.content()) {
      parts.add(
          part.image() == null
              ? new Content.Text(String.valueOf(part.text()))
              : new Content.Picture(pictures.apply(part.image()), options(part)));
    }
    return new Message(Role.valueOf(turn.role().toUpperCase(Locale.ROOT)), parts);
  }

  private static ImageOptions options(Part part) {
    return new ImageOptions(
        number(part.minPixels()),
        number(part.maxPixels()),
        number(part.resizedHeight()),
        number(part.resizedWidth()));
  }

  /** Returns the settings for all pictures. */
  ImageOptions modelOptions() {
    return options == null
        ? ImageOptions.NONE
        : new ImageOptions(
            number(options.minPixels()),
            number(options.maxPixels()),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Boolean.TRUE.equals(options.doPanAndScan()));
  }

  private static OptionalInt number(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
