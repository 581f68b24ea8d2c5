package dev.vlm4j.zoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vlm4j.spi.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real pictures, from the folder in the system property {@code vlm4j.sharedImages}. */
class SharedImagesTest {
  static List<String> pictures() {
    return Fixtures.lines("shared.txt");
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void givesThePixelsOfPillow(String expected) throws IOException {
    String folder = System.getProperty("vlm4j.sharedImages", "");
    assumeTrue(!folder.isEmpty(), "system property vlm4j.sharedImages names no folder");
    String[] fields = expected.split(" ");

    RgbImage image = new ImageDecoder().decode(Files.readAllBytes(Path.of(folder, fields[0])));

    assertThat(Fixtures.line(fields[0], image)).isEqualTo(expected);
  }
}
