package dev.vlm4j.zoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.Image;
import dev.vlm4j.api.PicturePolicy;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTest {
  @TempDir Path temporary;
  private Path folder;
  private Path inside;
  private Path outside;

  @BeforeEach
  void writePictures() throws IOException {
    folder = Files.createDirectories(temporary.resolve("allowed/below")).getParent();
    inside = Files.write(folder.resolve("below/in.png"), Fixtures.bytes("rgb.png"));
    outside = Files.write(temporary.resolve("out.png"), Fixtures.bytes("rgb.png"));
  }

  private static RgbImage read(PicturePolicy policy, Image image) {
    return new PictureReader(policy).read(image);
  }

  private static void assertRefused(PicturePolicy policy, Image image) {
    assertThatThrownBy(() -> read(policy, image))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_SOURCE_REFUSED))
        .hasMessageContaining("the picture policy");
  }

  @Test
  void readsTheSamePictureFromEverySource() throws IOException {
    byte[] file = Fixtures.bytes("rgb.png");
    String base64 = Base64.getMimeEncoder().encodeToString(file);
    byte[] expected = new ImageDecoder().decode(file).data();
    for (Image image :
        List.of(
            Image.of(file),
            Image.of(inside),
            Image.ofUri(inside.toUri().toString()),
            Image.ofBase64(base64),
            Image.ofBase64("data:image/png;base64," + base64),
            Image.ofUri("data:;base64," + base64),
            Image.ofUri("DATA:image/x-any;charset=utf-8;BASE64," + base64),
            Image.of(ImageIO.read(new ByteArrayInputStream(file))))) {
      assertThat(read(PicturePolicy.DEFAULT, image).data()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.png",
        "rgba.png",
        "rgb16.png",
        "gray.png",
        "gray16.png",
        "gray_alpha.png",
        "gray2.png",
        "palette.png",
        "bilevel.png",
        "rgb.bmp"
      })
  void takesPicturesInMemoryForWhatTheirFilesAre(String name) throws IOException {
    byte[] file = Fixtures.bytes(name);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));

    assertThat(read(PicturePolicy.DEFAULT, Image.of(image)).data())
        .isEqualTo(new ImageDecoder().decode(file).data());
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE
      })
  void readsEveryOrderOfColours(int type) {
    BufferedImage image = new BufferedImage(2, 1, type);
    image.setRGB(0, 0, 0xFF102030);
    image.setRGB(1, 0, 0xFFFFFEFD);

    assertThat(read(PicturePolicy.DEFAULT, Image.of(image)).data())
        .containsExactly(0x10, 0x20, 0x30, 0xFF, 0xFE, 0xFD);
  }

  @Test
  void readsFilesOfTheAllowedFolderOnly() throws IOException {
    PicturePolicy policy = PicturePolicy.DEFAULT.withFilesBelow(folder);
    assertThat(read(policy, Image.of(inside)).width()).isEqualTo(45);
    assertThat(read(policy, Image.ofUri(inside.toUri().toString())).width()).isEqualTo(45);
    assertRefused(policy, Image.of(outside));
    assertRefused(policy, Image.ofUri(outside.toUri().toString()));
    assertRefused(policy, Image.of(folder.resolve("../out.png")));
    assertRefused(policy, Image.of(folder.resolve("below/../../out.png")));
    assertRefused(policy, Image.of(temporary.resolve("missing.png")));
    assertRefused(policy, Image.of(temporary.resolve("allowed-too/in.png")));
    assertRefused(policy, Image.of(Files.createSymbolicLink(folder.resolve("link.png"), outside)));
    Files.createSymbolicLink(folder.resolve("up"), temporary);
    assertRefused(policy, Image.of(folder.resolve("up/out.png")));
    Path own = Files.createSymbolicLink(folder.resolve("own.png"), inside);
    assertThat(read(policy, Image.of(own)).width()).isEqualTo(45);
    assertThatThrownBy(() -> read(policy, Image.of(folder.resolve("missing.png"))))
        .hasMessageContaining("there is no picture");
  }

  @Test
  void readsNoFilesWhereThePolicyAllowsNone() {
    PicturePolicy policy = PicturePolicy.DEFAULT.withoutFiles();
    assertRefused(policy, Image.of(inside));
    assertThat(read(policy, Image.of(Fixtures.bytes("rgb.png"))).width()).isEqualTo(45);
  }

  @Test
  void fetchesNothingWithoutAPolicy() {
    assertRefused(PicturePolicy.DEFAULT, Image.ofUri("http://127.0.0.1:9/a.png"));
  }

  @Test
  void refusesFilesBeyondTheLimitBeforeReadingThem() {
    assertThatThrownBy(() -> read(PicturePolicy.DEFAULT.withMaxBytes(100), Image.of(inside)))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_TOO_LARGE))
        .hasMessageContaining("the limit is 100");
  }

  @Test
  void namesTheFileThatCannotBeDecoded() throws IOException {
    byte[] png = Fixtures.bytes("rgb.png");
    for (byte[] broken : List.of(new byte[0], new byte[] {1, 2}, Arrays.copyOf(png, 60))) {
      Path file = Files.write(folder.resolve("broken.png"), broken);

      assertThatThrownBy(() -> read(PicturePolicy.DEFAULT, Image.of(file)))
          .isInstanceOf(VlmException.class)
          .hasMessageStartingWith(file + ": The ");
    }
  }

  @Test
  void namesWhatIsNoFile() {
    assertThatThrownBy(() -> read(PicturePolicy.DEFAULT, Image.of(folder)))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_UNREADABLE));
  }
}
