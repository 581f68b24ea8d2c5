package dev.vlm4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.Detection;
import dev.vlm4j.api.Image;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Region;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.zoo.LoadOptions;
import dev.vlm4j.zoo.Vlm4j;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltinDetectorTest {
  private static final Region.Box SQUARE = new Region.Box(40, 60, 120, 140);
  private static final Region.Box CIRCLE = new Region.Box(200, 90, 280, 170);

  static Stream<String> engines() {
    return BackendUnderTest.required().stream().map(BackendUnderTest::toString);
  }

  private static BufferedImage picture() {
    BufferedImage picture = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(new Color(240, 240, 238));
    graphics.fillRect(0, 0, 320, 240);
    graphics.setColor(new Color(220, 40, 40));
    graphics.fillRect(40, 60, 80, 80);
    graphics.setColor(new Color(40, 90, 230));
    graphics.fillOval(200, 90, 80, 80);
    graphics.dispose();
    return picture;
  }

  @ParameterizedTest
  @MethodSource("engines")
  void saysWhereShapesAreInPixelsOfTheOriginalPicture(String engine) {
    LoadOptions options = LoadOptions.DEFAULT.withBackend(engine);
    try (VisionLanguageModel model = Vlm4j.load(Vlm4j.BUILTIN_DETECTOR, options)) {
      Answer answer = model.generate(Prompt.user(Image.of(picture()), "<OD>"));

      List<Detection> found = answer.parsed().orElseThrow().detections();
      assertThat(found).extracting(Detection::label).containsExactly("red square", "blue circle");
      assertThat(overlap(found.get(0).region(), SQUARE)).isGreaterThan(0.7);
      assertThat(overlap(found.get(1).region(), CIRCLE)).isGreaterThan(0.7);
    }
  }

  /** Intersection over union. */
  private static double overlap(Region found, Region.Box wanted) {
    Region.Box box = (Region.Box) found;
    double width = Math.min(box.right(), wanted.right()) - Math.max(box.left(), wanted.left());
    double height = Math.min(box.bottom(), wanted.bottom()) - Math.max(box.top(), wanted.top());
    double common = Math.max(0, width) * Math.max(0, height);
    return common / (area(box) + area(wanted) - common);
  }

  private static double area(Region.Box box) {
    return (box.right() - box.left()) * (box.bottom() - box.top());
  }
}
