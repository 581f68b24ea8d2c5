package dev.vlm4j.zoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.RgbImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What decoding may cost. */
class ImageBoundsTest {
  private static final Duration SOON = Duration.ofMillis(50);
  private static final int TRIES = 5;
  private static final int CUTS = 50;

  @TempDir Path temporary;

  private final ImageDecoder decoder = new ImageDecoder();

  /** 4000 x 4000 pixels are 48 MB; four times that, and the machine's own 32 MB. */
  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif", "tiff", "webp"})
  void needsAtMostFourTimesThePixels(String format) throws IOException, InterruptedException {
    assertThat(decodedWith("-Xmx224m", format)).isEqualTo("width 4000");
  }

  @Test
  void saysThatAPictureDoesNotFitInMemory() throws IOException, InterruptedException {
    for (String format : List.of("png", "jpg", "gif")) {
      assertThat(decodedWith("-Xmx40m", format))
          .startsWith("IMAGE_TOO_LARGE: The ")
          .contains("does not fit in memory");
    }
  }

  private String decodedWith(String heap, String format) throws IOException, InterruptedException {
    Path file = temporary.resolve("large." + format);
    if (!Files.exists(file)) {
      Files.write(file, LargePictures.file(format, 4000, 4000));
    }
    return ChildMachine.run(heap, LargePictures.class.getName(), file.toString());
  }

  /** Sizes are written over those in the headers of small files. */
  @ParameterizedTest
  @CsvSource({
    "rgb.png, 16, true, 50000, 4",
    "ycc_420.jpg, -1, true, 65500, 2",
    "palette.gif, 6, false, 65535, 2",
    "rgb.bmp, 18, false, 60000, 4",
    "lossy.webp, 26, false, 16383, 2"
  })
  void refusesBombsByTheirHeadersAtOnce(
      String name, int place, boolean bigEndian, int side, int bytes) {
    byte[] file = Fixtures.bytes(name);
    int at = place < 0 ? frame(file) : place;
    for (int i = 0; i < 2 * bytes; i++) {
      int shift = 8 * (bigEndian ? bytes - 1 - i % bytes : i % bytes);
      file[at + i] = (byte) (side >> shift);
    }
    if (name.endsWith(".png")) {
      CRC32 sum = new CRC32();
      sum.update(file, 12, 17);
      ByteBuffer.wrap(file).putInt(29, (int) sum.getValue());
    }
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> decoder.decode(file))
          .isInstanceOfSatisfying(
              VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_TOO_LARGE))
          .hasMessageContaining(side + " x " + side);
      fastest = Math.min(fastest, System.nanoTime() - start);
    }
    assertThat(Duration.ofNanos(fastest)).isLessThan(SOON);
  }

  @Test
  void refusesSamplesOfSizesThatNoPictureHas() throws IOException {
    ByteBuffer file = smallTiff();
    file.putShort(file.getInt(entry(file, 258) + 8), (short) 27);

    assertUnreadable(file, "samples of 27 bits");
  }

  @Test
  void refusesMoreSamplesThanPixelsHave() throws IOException {
    ByteBuffer file = smallTiff();
    file.putShort(entry(file, 277) + 8, (short) 67);

    assertUnreadable(file, "67 samples for every pixel");
  }

  @Test
  void refusesPixelsThatTakeMoreBytesThanTheFile() {
    ByteBuffer file = ByteBuffer.wrap(Fixtures.bytes("jpeg_rgb.tif"));
    file.order(file.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int entry = entry(file, 279);
    file.putShort(entry + 2, (short) 4).putInt(entry + 8, 1 << 30);

    assertUnreadable(file, "its pixels take more bytes than it has");
  }

  @Test
  void refusesATiffWhoseJpegIsLargerThanTheLimit() {
    byte[] file = Fixtures.bytes("jpeg_rgb.tif");
    int size = frame(file);
    ByteBuffer.wrap(file).putShort(size, (short) 60_000).putShort(size + 2, (short) 60_000);

    assertThatThrownBy(() -> decoder.decode(file))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_TOO_LARGE))
        .hasMessageContaining("60000 x 60000");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void refusesABmpThatHoldsAnotherFormat(int compression) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(LargePictures.file("bmp", 3, 2));
    file.order(ByteOrder.LITTLE_ENDIAN).putInt(30, compression).putInt(34, 1 << 30);

    assertUnreadable(file, "a picture of another format");
  }

  private static ByteBuffer smallTiff() throws IOException {
    ByteBuffer file = ByteBuffer.wrap(LargePictures.file("tiff", 3, 2));
    return file.order(file.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  private static int entry(ByteBuffer tiff, int tag) {
    int entry = tiff.getInt(4) + 2;
    while (tiff.getShort(entry) != tag) {
      entry += 12;
    }
    return entry;
  }

  private void assertUnreadable(ByteBuffer file, String reason) {
    assertThatThrownBy(() -> decoder.decode(file.array()))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_UNREADABLE))
        .hasMessageContaining(reason);
  }

  /** Height and width stand behind marker, length and precision. */
  private static int frame(byte[] jpeg) {
    for (int at = 2; at < jpeg.length; at++) {
      if (jpeg[at] == (byte) 0xFF && jpeg[at + 1] == (byte) 0xC0) {
        return at + 5;
      }
    }
    throw new AssertionError("no frame header");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif", "tiff"})
  void readsPicturesOfExtremeShapes(String format) throws IOException {
    for (int[] size : new int[][] {{1, 1}, {65500, 1}, {1, 65500}, {3, 2000}}) {
      RgbImage image = decoder.decode(LargePictures.file(format, size[0], size[1]));
      assertThat(image.width()).isEqualTo(size[0]);
      assertThat(image.height()).isEqualTo(size[1]);
    }
  }

  /** Cut anywhere in the pixels; what may follow them (padding, end marks) is not needed. */
  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif", "tiff"})
  void refusesCutPictures(String format) throws IOException {
    byte[] file = LargePictures.file(format, 200, 150);
    RgbImage whole = decoder.decode(file);
    for (int cut = 1; cut <= CUTS; cut++) {
      byte[] part = Arrays.copyOf(file, (int) ((long) file.length * cut / (CUTS + 1)));
      try {
        assertThat(decoder.decode(part).data()).as("cut " + cut).isEqualTo(whole.data());
      } catch (VlmException e) {
        assertThat(e.code()).isIn(ErrorCode.IMAGE_UNREADABLE, ErrorCode.IMAGE_UNSUPPORTED_FORMAT);
      }
    }
  }
}
