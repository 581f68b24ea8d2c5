package dev.vlm4j.zoo.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damaged pictures end in a picture or in a typed error that names no internals, in a machine of
 * 512 MB: two minutes in all on every build. The system property {@code vlm4j.imageFuzzSeconds}
 * says how long for each format.
 */
class ImageFuzzTest {
  private static final String SECONDS = System.getProperty("vlm4j.imageFuzzSeconds", "20");
  private static final String FIRST_SEED = System.getProperty("vlm4j.imageFuzzSeed", "1");

  @ParameterizedTest
  @EnumSource(ImageFormat.class)
  void damagedPicturesEndInTypedErrors(ImageFormat format)
      throws IOException, InterruptedException {
    String output =
        ChildMachine.run("-Xmx512m", ImageFuzz.class.getName(), format.name(), SECONDS, FIRST_SEED);

    assertThat(output).startsWith(format + ": ").contains("decoded", "IMAGE_UNREADABLE");
  }
}
