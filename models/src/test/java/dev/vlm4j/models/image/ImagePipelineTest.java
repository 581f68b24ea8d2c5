package dev.vlm4j.models.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.RgbImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagePipelineTest {
  static List<String> pipelines() {
    return Goldens.lines("pipelines.txt");
  }

  static List<String> pipelinesOfPillow() {
    return Goldens.lines("pipelines_pil.txt");
  }

  private static ImagePipeline pipeline(ImageProcessorConfig config) {
    return ImagePipeline.of(config, "CLIPImageProcessor", ImageBackend.TORCHVISION);
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void givesTheFloatsOfTheReference(String line) {
    givesItsFloats(line, ImageBackend.TORCHVISION);
  }

  @ParameterizedTest
  @MethodSource("pipelinesOfPillow")
  void givesTheFloatsOfTheReferenceWithPillow(String line) {
    givesItsFloats(line, ImageBackend.PIL);
  }

  private static void givesItsFloats(String line, ImageBackend backend) {
    String[] fields = line.split(" ");
    RgbImage picture = SyntheticPicture.of(number(fields[1]), number(fields[2]), number(fields[3]));
    ImagePipeline pipeline =
        ImagePipeline.of(GoldenConfig.parse(fields[0]), "CLIPImageProcessor", backend);

    float[] values = pipeline.apply(picture);

    Extent extent = new Extent(number(fields[4]), number(fields[5]));
    assertThat(pipeline.outputExtent(picture.height(), picture.width())).isEqualTo(extent);
    assertThat(values).hasSize(3 * extent.height() * extent.width());
    assertThat(values[0]).isEqualTo(Float.parseFloat(fields[7]));
    assertThat(values[values.length / 2]).isEqualTo(Float.parseFloat(fields[8]));
    assertThat(values[values.length - 1]).isEqualTo(Float.parseFloat(fields[9]));
    assertThat(Goldens.digest(values)).isEqualTo(fields[6]);
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }

  @Test
  void computesTheCropOfAnExtremeShapeInLittleMemory() {
    RgbImage line = SyntheticPicture.of(1, 60_000, 1);

    float[] values =
        pipeline(GoldenConfig.parse("CLIPImageProcessor;size=shortest_edge:224")).apply(line);

    assertThat(values).hasSize(3 * 224 * 224);
  }

  @Test
  void takesClipWhenNoProcessorIsNamed() {
    RgbImage picture = SyntheticPicture.of(3, 50, 40);
    ImageProcessorConfig unnamed =
        new ImageProcessorConfig(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null);

    assertThat(pipeline(unnamed).apply(picture))
        .isEqualTo(pipeline(ImageProcessorConfig.ofType("CLIPImageProcessor")).apply(picture));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CLIPImageProcessorFast", "CLIPImageProcessorPil", "CLIPFeatureExtractor"})
  void knowsTheOlderNames(String name) {
    RgbImage picture = SyntheticPicture.of(3, 50, 40);

    assertThat(pipeline(ImageProcessorConfig.ofType(name)).apply(picture))
        .isEqualTo(pipeline(ImageProcessorConfig.ofType("CLIPImageProcessor")).apply(picture));
  }

  @Test
  void rejectsOtherProcessors() {
    assertThatThrownBy(() -> pipeline(ImageProcessorConfig.ofType("ViTImageProcessor")))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("ViTImageProcessor")
        .extracting(e -> ((VlmException) e).code())
        .isEqualTo(ErrorCode.ARCHITECTURE_UNSUPPORTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SiglipImageProcessor;do_center_crop=true|crop_size",
        "CLIPImageProcessor;crop_size=shortest_edge:20|crop_size",
        "CLIPImageProcessor;crop_size=0|crop_size",
        "CLIPImageProcessor;resample=9|9",
        "CLIPImageProcessor;image_mean=0.1/0.2|image_mean",
        "CLIPImageProcessor;image_std=0.1/0.0/0.3|image_std",
        "LlavaImageProcessor;do_pad=true,image_mean=0.1|image_mean",
      })
  void rejectsSettingsThatCannotWork(String config, String cause) {
    assertThatThrownBy(() -> pipeline(GoldenConfig.parse(config)))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining(cause)
        .extracting(e -> ((VlmException) e).code())
        .isEqualTo(ErrorCode.CONFIG_INVALID);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CLIPImageProcessor;size=longest_edge:20|CONFIG_INVALID",
        "CLIPImageProcessor;size=max_height:20/max_width:1|INVALID_ARGUMENT",
        "CLIPImageProcessor;resample=4|CONFIG_INVALID",
        "CLIPImageProcessor;do_pad=true,pad_size=height:200/width:300|INVALID_ARGUMENT",
        "CLIPImageProcessor;size=40000,do_center_crop=false|IMAGE_TOO_LARGE",
        "CLIPImageProcessor;size=2000000000,do_center_crop=false|IMAGE_TOO_LARGE",
      })
  void rejectsPicturesThatTheSettingsCannotTake(String config, ErrorCode code) {
    ImagePipeline pipeline = pipeline(GoldenConfig.parse(config));
    RgbImage picture = SyntheticPicture.of(0, 300, 90);

    assertThatThrownBy(() -> pipeline.apply(picture))
        .isInstanceOf(VlmException.class)
        .extracting(e -> ((VlmException) e).code())
        .isEqualTo(code);
  }

  @Test
  void gemmaDoesNotPad() {
    ImagePipeline pipeline =
        pipeline(
            GoldenConfig.parse(
                "Gemma3ImageProcessor;do_pad=true,pad_size=height:20/width:30,size=40"));

    assertThat(pipeline.fixedExtent()).isEqualTo(new Extent(40, 40));
  }

  @Test
  void centresTheSquareAndPutsTheOddRowAtTheBottom() {
    RgbImage wide = new RgbImage(4, 1, new byte[12]);

    RgbImage square = new PadToSquare(1, 2, 3).apply(wide);

    assertThat(square.height()).isEqualTo(4);
    assertThat(square.data()[0]).isEqualTo((byte) 1);
    assertThat(square.data()[12]).isEqualTo((byte) 0);
    assertThat(square.data()[24]).isEqualTo((byte) 1);
  }

  @Test
  void cropsWithBlackBordersWhereThePictureIsSmaller() {
    RgbImage picture = new PadToSquare(9, 9, 9).apply(SyntheticPicture.of(2, 3, 3));

    RgbImage cropped = new CenterCrop(1, 6, false).apply(picture);

    assertThat(cropped.width()).isEqualTo(6);
    assertThat(cropped.data()).startsWith(0, 0, 0).endsWith(0, 0, 0, 0, 0, 0);
    assertThat(cropped.data()[3]).isEqualTo(picture.data()[9]);
  }
}
