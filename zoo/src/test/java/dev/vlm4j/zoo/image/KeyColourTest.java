package dev.vlm4j.zoo.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.api.Image;
import dev.vlm4j.api.ImageOptions;
import dev.vlm4j.api.PicturePolicy;
import dev.vlm4j.spi.Picture;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyColourTest {
  private final PictureReader reader = new PictureReader(PicturePolicy.DEFAULT);

  static List<String> converted() {
    return Fixtures.lines("converted.txt");
  }

  @ParameterizedTest
  @MethodSource("converted")
  void isWhiteToProcessorsAsInTheReference(String expected) {
    assertThat(line(expected.split(" ")[0])).isEqualTo(expected);
  }

  @Test
  void otherPicturesStayAsTheyAre() {
    Set<String> keyed =
        converted().stream().map(line -> line.split(" ")[0]).collect(Collectors.toSet());
    for (String expected : Fixtures.lines("expected.txt")) {
      String name = expected.split(" ")[0];
      if (!keyed.contains(name)) {
        assertThat(line(name)).isEqualTo(expected);
      }
    }
  }

  private String line(String name) {
    DecodedPicture decoded = reader.decode(Image.of(Fixtures.bytes(name)));
    Picture picture =
        new Picture(decoded.image(), decoded.keyColour(), ImageOptions.NONE, ImageOptions.NONE);
    return Fixtures.line(name, picture.converted());
  }
}
