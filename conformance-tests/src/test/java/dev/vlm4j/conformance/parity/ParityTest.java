package dev.vlm4j.conformance.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.Image;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.conformance.BackendUnderTest;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.zoo.LoadOptions;
import dev.vlm4j.zoo.Vlm4j;
import dev.vlm4j.zoo.parity.EngineParity;
import dev.vlm4j.zoo.parity.ParityReport;
import dev.vlm4j.zoo.parity.ParityRequest;
import dev.vlm4j.zoo.parity.ParityStage;
import dev.vlm4j.zoo.parity.ParityTrace;
import dev.vlm4j.zoo.parity.StageParity;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParityTest {
  private static final Prompt PICTURE = Prompt.user(Image.of(square()), "What color is the shape?");
  private static final GenerationOptions FEW_TOKENS =
      GenerationOptions.DEFAULT.withMaxNewTokens(4).withIgnoreEndOfSequence(true);

  private static final Path ENCODER_DECODER =
      Path.of("src/main/resources/dev/vlm4j/conformance/goldens/florence2/florence-2/model");

  private static final Path QWEN =
      Path.of("src/main/resources/dev/vlm4j/conformance/goldens/qwenvl");

  @TempDir private Path folder;
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  private static BufferedImage square() {
    BufferedImage picture = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 64, 48);
    graphics.setColor(Color.RED);
    graphics.fillRect(20, 10, 24, 24);
    graphics.dispose();
    return picture;
  }

  /** Backends are found by ServiceLoader; the wrong ones are installed for these tests only. */
  @BeforeEach
  void installFaultyBackends() throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    String names =
        Stream.of(
                FaultyBackend.Vision.class, FaultyBackend.Decoder.class, FaultyBackend.Steps.class)
            .map(Class::getName)
            .collect(Collectors.joining("\n"));
    Files.writeString(services.resolve(BackendProvider.class.getName()), names);
    URL[] root = {folder.toUri().toURL()};
    Thread.currentThread().setContextClassLoader(new URLClassLoader(root, before));
  }

  @AfterEach
  void removeFaultyBackends() throws IOException {
    ((URLClassLoader) Thread.currentThread().getContextClassLoader()).close();
    Thread.currentThread().setContextClassLoader(before);
  }

  private static ParityReport report(List<String> backends, Prompt prompt) {
    return report(Vlm4j.BUILTIN, backends, prompt);
  }

  private static ParityReport report(String model, List<String> backends, Prompt prompt) {
    ParityRequest request = new ParityRequest(backends, prompt, FEW_TOKENS, true);
    return Vlm4j.parity(model, LoadOptions.DEFAULT, request);
  }

  /** Returns the required backends, and the reference backend at least twice: with itself. */
  private static List<String> required() {
    List<String> names = new ArrayList<>(List.of("reference"));
    BackendUnderTest.required().forEach(backend -> names.add(backend.toString()));
    return names;
  }

  @Test
  void allEnginesComputeTheSameFromPictures() {
    ParityReport report = report(required(), PICTURE);

    assertThat(report.base()).allMatch(stage -> stage.backend().equals("reference"));
    assertThat(report.answer().tokenIds()).hasSize(4);
    assertThat(report.engines())
        .hasSize(required().size() - 1)
        .allSatisfy(
            engine -> {
              assertThat(engine.isWithin()).as("%s", engine).isTrue();
              assertThat(engine.otherToken()).isEmpty();
              assertThat(engine.trace()).isEmpty();
              assertThat(engine.stages())
                  .extracting(StageParity::stage)
                  .containsExactly(
                      ParityStage.PIXEL_VALUES,
                      ParityStage.VISION_FEATURES,
                      ParityStage.FIRST_LOGITS,
                      ParityStage.STEP_LOGITS);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2-vl", "qwen2.5-vl", "qwen3-vl"})
  void allEnginesComputeTheSameFromSeveralPicturesThatAreSeenOneByOne(String family) {
    BufferedImage wide = new BufferedImage(150, 60, BufferedImage.TYPE_INT_RGB);
    Prompt two = Prompt.user(List.of(Image.of(square()), Image.of(wide)), "Compare them.");

    ParityReport report = report(QWEN.resolve(family).resolve("model").toString(), required(), two);

    assertThat(report.answer().tokenIds()).hasSize(4);
    assertThat(report.engines())
        .hasSize(required().size() - 1)
        .allSatisfy(
            engine -> {
              assertThat(engine.isWithin()).as("%s", engine).isTrue();
              assertThat(engine.otherToken()).isEmpty();
              assertThat(engine.stages())
                  .extracting(StageParity::stage)
                  .contains(ParityStage.PIXEL_VALUES, ParityStage.VISION_FEATURES);
            });
  }

  @Test
  void requestsWithoutPicturesHaveNoFeaturesToCompare() {
    ParityReport report = report(required(), Prompt.user("Is red a color?"));

    assertThat(report.isWithin()).isTrue();
    assertThat(report.engines())
        .flatExtracting(EngineParity::stages)
        .extracting(StageParity::stage)
        .containsOnly(ParityStage.FIRST_LOGITS, ParityStage.STEP_LOGITS);
  }

  @Test
  void encodersAreComparedWhereThereIsOne() {
    Prompt prompt = Prompt.user(Image.of(square()), "<OD>");
    ParityReport report = report(ENCODER_DECODER.toString(), required(), prompt);

    assertThat(report.engines())
        .allSatisfy(
            engine -> {
              assertThat(engine.isWithin()).as("%s", engine).isTrue();
              assertThat(engine.stages())
                  .extracting(StageParity::stage)
                  .containsExactly(ParityStage.values());
            });
  }

  @Test
  void namesTheScopeOfAWrongVisionTower() {
    EngineParity vision = onlyEngine("faultyvision");

    assertThat(vision.isWithin()).isFalse();
    assertThat(beyondAlone(vision)).containsExactly(ParityStage.VISION_FEATURES);
    assertPlace(vision, "vision", 0, FaultyBackend.Vision.SCOPE);
  }

  @Test
  void namesTheScopeOfAWrongDecoder() {
    EngineParity decoder = onlyEngine("faultydecoder");

    assertThat(decoder.isWithin()).isFalse();
    assertThat(beyondAlone(decoder)).contains(ParityStage.FIRST_LOGITS);
    assertPlace(decoder, "decoder", 0, FaultyBackend.Decoder.SCOPE);
  }

  @Test
  void namesTheFirstWrongStepWithCaches() {
    EngineParity steps = onlyEngine("faultysteps");

    assertThat(steps.isWithin()).isFalse();
    assertThat(beyondAlone(steps)).containsExactly(ParityStage.STEP_LOGITS);
    assertPlace(steps, "decoder", 1, FaultyBackend.Steps.SCOPE);
  }

  private static EngineParity onlyEngine(String backend) {
    return report(List.of(backend, "reference"), PICTURE).engines().get(0);
  }

  private static List<ParityStage> beyondAlone(EngineParity engine) {
    return engine.stages().stream()
        .filter(stage -> stage.alone() > stage.limit())
        .map(StageParity::stage)
        .toList();
  }

  private static void assertPlace(EngineParity engine, String stage, int run, String scope) {
    ParityTrace trace = engine.trace().orElseThrow();
    assertThat(trace.stage()).isEqualTo(stage);
    assertThat(trace.run()).isEqualTo(run);
    assertThat(trace.place().orElseThrow().scope()).isEqualTo(scope);
  }

  @Test
  void refusesUnknownBackendsBeforeAnyWork() {
    assertThatThrownBy(() -> report(List.of("reference", "nonsense"), PICTURE))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BACKEND_UNKNOWN));
  }

  @ParameterizedTest
  @EnumSource(names = {"BF16", "INT8"})
  void refusesPrecisionsThatABackendLacks(Precision precision) {
    ParityRequest request =
        new ParityRequest(List.of("reference", "faultysteps"), PICTURE, FEW_TOKENS, false);
    LoadOptions options = LoadOptions.DEFAULT.withPrecision(precision);

    assertThatThrownBy(() -> Vlm4j.parity(Vlm4j.BUILTIN, options, request))
        .isInstanceOfSatisfying(
            VlmException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECISION_UNSUPPORTED))
        .hasMessageContaining("'faultysteps' does not compute in " + precision.label());
  }
}
