package dev.vlm4j.zoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.RgbImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private final ImageDecoder decoder = new ImageDecoder();

  static List<String> pictures() {
    return Fixtures.lines("expected.txt");
  }

  static List<String> names() {
    return Fixtures.lines("expected.txt").stream().map(line -> line.split(" ")[0]).toList();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void givesThePixelsOfPillow(String expected) {
    String name = expected.split(" ")[0];

    RgbImage image = decoder.decode(Fixtures.bytes(name));

    assertThat(Fixtures.line(name, image)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("names")
  void rejectsTruncatedFilesUnlessAllPixelsAreThere(String name) {
    byte[] file = Fixtures.bytes(name);
    String whole = Fixtures.line(name, decoder.decode(file));
    for (int length = 12; length < file.length; length += 1 + file.length / 40) {
      byte[] cut = Arrays.copyOf(file, length);
      try {
        assertThat(Fixtures.line(name, decoder.decode(cut))).isEqualTo(whole);
        assertThat(length).isGreaterThan(name.equals("animated.gif") ? 0 : file.length * 4 / 5);
      } catch (VlmException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_UNREADABLE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void neverFailsInAnyOtherWayThanTyped(String name) {
    byte[] file = Fixtures.bytes(name);
    Random random = new Random(name.hashCode());
    ImageDecoder small = new ImageDecoder(1_000_000);
    for (int round = 0; round < 60; round++) {
      byte[] damaged = file.clone();
      for (int i = 0; i <= round % 4; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      byte[] cut =
          Arrays.copyOf(damaged, round % 3 == 0 ? random.nextInt(file.length) : file.length);
      try {
        assertThat(small.decode(cut)).isNotNull();
      } catch (VlmException e) {
        assertThat(e.code())
            .isIn(
                ErrorCode.IMAGE_UNREADABLE,
                ErrorCode.IMAGE_UNSUPPORTED_FORMAT,
                ErrorCode.IMAGE_TOO_LARGE);
      }
    }
  }

  @Test
  void rejectsATiffOfInksInsteadOfTakingThemForRgb() {
    byte[] file = Fixtures.bytes("refused_cmyk.tif");

    assertThatThrownBy(() -> decoder.decode(file))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("neither gray nor RGB");
  }

  @Test
  void rejectsAPngWithAWrongCheckSum() {
    byte[] file = Fixtures.bytes("rgb.png");
    file[60] ^= 1;

    assertThatThrownBy(() -> decoder.decode(file))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("check sum");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rgb.png", "ycc_420.jpg", "palette.gif", "rgb.bmp", "lzw.tif", "lossless.webp"})
  void rejectsPicturesAboveThePixelLimitByTheirHeader(String name) {
    byte[] file = Fixtures.bytes(name);

    assertThat(new ImageDecoder(45 * 37).decode(file).width()).isEqualTo(45);
    assertThatThrownBy(() -> new ImageDecoder(45 * 37 - 1).decode(file))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("45 x 37")
        .extracting(e -> ((VlmException) e).code())
        .isEqualTo(ErrorCode.IMAGE_TOO_LARGE);
  }

  @Test
  void rejectsAnAnimationWhoseCanvasIsAboveThePixelLimit() {
    byte[] file = Fixtures.bytes("lossless_animated.webp");
    Arrays.fill(file, 24, 30, (byte) 0x7F);

    assertThatThrownBy(() -> decoder.decode(file))
        .isInstanceOf(VlmException.class)
        .extracting(e -> ((VlmException) e).code())
        .isEqualTo(ErrorCode.IMAGE_TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource({"avif,AVIF", "heic,HEIC", "mif1,HEIC"})
  void namesTheFormatsThatAreNotSupported(String brand, String format) {
    byte[] file = ("\0\0\0\u0018ftyp" + brand + "\0\0\0\0").getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> decoder.decode(file))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining(format)
        .hasMessageContaining("use PNG")
        .extracting(e -> ((VlmException) e).code())
        .isEqualTo(ErrorCode.IMAGE_UNSUPPORTED_FORMAT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "B", "%PDF-1.7", "<svg xmlns=''/>", "hello"})
  void rejectsWhatIsNoPicture(String text) {
    byte[] file = text.getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> decoder.decode(file))
        .isInstanceOf(VlmException.class)
        .extracting(e -> ((VlmException) e).code())
        .isEqualTo(ErrorCode.IMAGE_UNSUPPORTED_FORMAT);
  }

  @Test
  void keepsLibraryInternalsOutOfItsMessages() {
    byte[] file = Arrays.copyOf(Fixtures.bytes("rgb.bmp"), 700);

    assertThatThrownBy(() -> decoder.decode(file))
        .hasMessage(
            "The BMP picture cannot be read: it is truncated, corrupt or of a rare kind. Save it"
                + " again, best as PNG, and retry.");
  }

  @Test
  void rejectsALimitBelowOne() {
    assertThatThrownBy(() -> new ImageDecoder(0))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("0");
  }
}
