package dev.vlm4j.zoo.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.api.Detection;
import dev.vlm4j.api.Region;
import dev.vlm4j.spi.RgbImage;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectionDrawingTest {
  private static final int GREY = 0x646464;

  private static RgbImage picture(int width, int height) {
    byte[] data = new byte[width * height * RgbImage.CHANNELS];
    Arrays.fill(data, (byte) 0x64);
    return new RgbImage(width, height, data);
  }

  private static BufferedImage draw(Detection... detections) {
    return DetectionDrawing.draw(picture(300, 250), List.of(detections));
  }

  private static Detection box(String label, double... sides) {
    return Detection.of(label, new Region.Box(sides[0], sides[1], sides[2], sides[3]));
  }

  private static boolean isTouched(BufferedImage picture, int x, int y) {
    return (picture.getRGB(x, y) & 0xFFFFFF) != GREY;
  }

  private static long touched(BufferedImage picture) {
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    return Arrays.stream(pixels).filter(rgb -> (rgb & 0xFFFFFF) != GREY).count();
  }

  @Test
  void drawsOutlinesWhereTheThingsAre() {
    BufferedImage drawn = draw(box("", 100, 120, 200, 220));

    assertThat(isTouched(drawn, 100, 170)).isTrue();
    assertThat(isTouched(drawn, 200, 170)).isTrue();
    assertThat(isTouched(drawn, 150, 120)).isTrue();
    assertThat(isTouched(drawn, 150, 220)).isTrue();
    assertThat(isTouched(drawn, 150, 170)).isFalse();
    assertThat(isTouched(drawn, 90, 170)).isFalse();
  }

  @Test
  void fillsPolygons() {
    List<Region.Point> triangle =
        List.of(new Region.Point(50, 50), new Region.Point(250, 50), new Region.Point(150, 240));
    BufferedImage drawn = draw(Detection.of("", new Region.Polygon(List.of(triangle, List.of()))));

    assertThat(isTouched(drawn, 150, 100)).isTrue();
    assertThat(isTouched(drawn, 60, 200)).isFalse();
  }

  @Test
  void drawsNothingOfAThingThatIsNowhere() {
    for (List<List<Region.Point>> outlines :
        List.of(List.<List<Region.Point>>of(), List.of(List.<Region.Point>of()))) {
      assertThat(touched(draw(Detection.of("cat", new Region.Polygon(outlines))))).isZero();
    }
  }

  @Test
  void marksThingsTooSmallToBeSeen() {
    assertThat(touched(draw(box("", 100, 100, 100, 100)))).isGreaterThan(100);
    assertThat(touched(draw(Detection.of("", new Region.Point(100, 100))))).isGreaterThan(100);
  }

  @Test
  void drawsNothingForAPolygonWithoutPoints() {
    Detection empty = Detection.of("", new Region.Polygon(List.of(List.of())));

    assertThat(touched(draw(empty))).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat",
        "猫",
        "قطة",
        "two\nlines\u0000",
        "supercalifragilisticexpialidocious-without-any-space",
        "a long description of something that is seen in the picture and goes on and on and on"
      })
  void drawsLabelsOfAnyKind(String label) {
    long without = touched(draw(box("", 100, 120, 200, 220)));

    assertThat(touched(draw(box(label, 100, 120, 200, 220)))).isGreaterThan(without);
  }

  @Test
  void keepsLabelsInsideOfThePicture() {
    for (Detection corner :
        List.of(
            box("corner", 295, 245, 300, 250),
            box("corner", 0, 0, 5, 5),
            box("corner", 290, 0, 300, 10),
            box("corner", 0, 240, 10, 250))) {
      double x = corner.region().points().get(0).x();
      double y = corner.region().points().get(0).y();
      BufferedImage drawn = draw(corner);
      // A label covers hundreds of pixels; were it outside, the outline alone would be left.
      assertThat(touched(drawn)).as(x + " " + y).isGreaterThan(700);
    }
  }

  @Test
  void doesNotDrawLabelsOverEachOther() {
    Detection[] same = new Detection[5];
    Arrays.fill(same, box("same", 100, 120, 160, 180));

    long one = touched(draw(same[0])) - touched(draw(box("", 100, 120, 160, 180)));
    assertThat(touched(draw(same)) - touched(draw(same[0]))).isGreaterThan(2 * one);
  }

  @Test
  void writesTheScore() {
    Detection sure = new Detection("cat", new Region.Box(9, 90, 90, 150), OptionalDouble.of(0.5));

    assertThat(touched(draw(sure))).isGreaterThan(touched(draw(box("cat", 9, 90, 90, 150))));
  }

  @Test
  @Timeout(60)
  void drawsPlacesFarOutsideOfThePicture() {
    BufferedImage drawn = draw(box("far", Integer.MIN_VALUE, -1e30, 150, Integer.MAX_VALUE));

    assertThat(isTouched(drawn, 150, 125)).isTrue();
  }

  @Test
  void enlargesPicturesThatAreTooSmallForLabels() {
    BufferedImage drawn = DetectionDrawing.draw(picture(40, 30), List.of(box("", 10, 10, 20, 20)));

    assertThat(drawn.getWidth()).isEqualTo(320);
    assertThat(drawn.getHeight()).isEqualTo(240);
    assertThat(isTouched(drawn, 80, 120)).isTrue();
    assertThat(isTouched(drawn, 120, 120)).isFalse();
  }

  @Test
  void doesNotEnlargeBeyondReason() {
    BufferedImage drawn = DetectionDrawing.draw(picture(3000, 2), List.of());

    assertThat(drawn.getWidth()).isEqualTo(3000);
  }
}
