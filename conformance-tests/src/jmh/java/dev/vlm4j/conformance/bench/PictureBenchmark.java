package dev.vlm4j.conformance.bench;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.NamedServices;
import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import dev.vlm4j.zoo.checkpoint.FolderConfig;
import dev.vlm4j.zoo.image.ImageDecoder;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * From a picture of 12 megapixels to the input of a model, on one core. The heap has its size from
 * the start, so that its growing is not measured. Run it with {@code mvn test
 * -Pjmh -pl conformance-tests -am -Dtest=PictureBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms3g", "-Xmx3g", "-XX:ActiveProcessorCount=1", "-Djava.awt.headless=true"})
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Threads(1)
public class PictureBenchmark {
  private static final int WIDTH = 4000;
  private static final int HEIGHT = 3000;
  private static final int SEED = 7;

  /** Settings of the checkpoints' own files; everything else has defaults. */
  private static final Map<String, List<String>> SETTINGS =
      Map.of(
          "llava-1.5",
          List.of(
              "{\"model_type\":\"llava\",\"image_token_index\":32000,\"text_config\":{\"model_type\":\"llama\"}}",
              "{\"image_processor_type\":\"CLIPImageProcessor\",\"size\":{\"shortest_edge\":336},"
                  + "\"crop_size\":{\"height\":336,\"width\":336}}"),
          "llava-next",
          List.of(
              "{\"model_type\":\"llava_next\",\"image_token_index\":32000,"
                  + "\"text_config\":{\"model_type\":\"llama\"},"
                  + "\"vision_config\":{\"image_size\":336,\"patch_size\":14}}",
              "{\"image_processor_type\":\"LlavaNextImageProcessor\",\"size\":{\"shortest_edge\":336},"
                  + "\"crop_size\":{\"height\":336,\"width\":336}}"),
          "llava-onevision",
          List.of(
              "{\"model_type\":\"llava_onevision\",\"text_config\":{\"model_type\":\"qwen2\"},"
                  + "\"vision_config\":{\"image_size\":384,\"patch_size\":14}}",
              "{\"image_processor_type\":\"LlavaOnevisionImageProcessor\",\"num_image_tokens\":729}"),
          "gemma-3",
          List.of(
              "{\"model_type\":\"gemma3\"}",
              "{\"image_processor_type\":\"Gemma3ImageProcessor\",\"resample\":2,"
                  + "\"size\":{\"height\":896,\"width\":896}}"),
          "smolvlm",
          List.of(
              "{\"model_type\":\"idefics3\"}",
              "{\"image_processor_type\":\"Idefics3ImageProcessor\",\"resample\":1,"
                  + "\"size\":{\"longest_edge\":2048},\"max_image_size\":{\"longest_edge\":512}}"),
          "qwen2-vl",
          List.of(
              "{\"model_type\":\"qwen2_vl\",\"hidden_size\":1536,\"num_attention_heads\":12,"
                  + "\"num_key_value_heads\":2,\"vision_config\":{\"hidden_size\":1536}}",
              "{\"image_processor_type\":\"Qwen2VLImageProcessor\",\"min_pixels\":3136,"
                  + "\"max_pixels\":12845056}"));

  @Param({"llava-1.5", "llava-next", "llava-onevision", "gemma-3", "smolvlm", "qwen2-vl"})
  private String model = "";

  private final ImageDecoder decoder = new ImageDecoder();
  private ModelProcessor processor;
  private List<Picture> pictures;
  private byte[] jpeg;

  /** Opens the processor and draws the picture. */
  @Setup
  public void open() throws IOException {
    Path folder = Files.createTempDirectory("benchmark");
    Files.writeString(folder.resolve("config.json"), SETTINGS.get(model).get(0));
    Files.writeString(folder.resolve("preprocessor_config.json"), SETTINGS.get(model).get(1));
    FolderConfig config = new FolderConfig(CheckpointFolder.open(folder), token -> 1);
    processor =
        NamedServices.load(Architecture.class, Architecture::modelTypes)
            .get(config.modelType(), ErrorCode.ARCHITECTURE_UNKNOWN, "architecture", "Add its jar")
            .processor(config);
    jpeg = jpeg();
    pictures = List.of(Picture.of(decoder.decode(jpeg)));
  }

  /** A gradient, with noise so that it is not too easy. */
  private static byte[] jpeg() throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, WIDTH, HEIGHT, Color.BLUE));
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.dispose();
    Random random = new Random(SEED);
    for (int i = 0; i < WIDTH * HEIGHT / 4; i++) {
      image.setRGB(random.nextInt(WIDTH), random.nextInt(HEIGHT), random.nextInt(1 << 24));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", out);
    return out.toByteArray();
  }

  /** The decoded picture, resized and normalised. */
  @Benchmark
  public ProcessedImages fromPixels() {
    return processor.process(pictures);
  }

  /** The same, decoding included. */
  @Benchmark
  public ProcessedImages fromJpeg() {
    return processor.process(List.of(Picture.of(decoder.decode(jpeg))));
  }

  /** Runs all of them. */
  @Test
  void measure() throws RunnerException {
    new Runner(new OptionsBuilder().include(PictureBenchmark.class.getName()).build()).run();
  }
}
