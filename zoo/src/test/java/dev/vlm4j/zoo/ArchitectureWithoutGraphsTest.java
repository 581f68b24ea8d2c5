package dev.vlm4j.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.Content;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.NamedServices;
import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.ProcessorArchitecture;
import dev.vlm4j.spi.PromptFormat;
import dev.vlm4j.spi.TextPart;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import dev.vlm4j.zoo.checkpoint.FolderConfig;
import dev.vlm4j.zoo.checkpoint.HubFolder;
import dev.vlm4j.zoo.generation.InputOptions;
import dev.vlm4j.zoo.parity.ParityRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchitectureWithoutGraphsTest {
  private static final Prompt QUESTION = Prompt.user("red green");

  @TempDir Path temporary;
  private CheckpointFolder folder;
  private ModelLoader loader;
  private ModelPlanner planner;

  @BeforeEach
  void install() {
    folder =
        HubFolder.in(temporary)
            .with("config.json", "{\"model_type\": \"seer\"}")
            .with(
                "tokenizer.json",
                "{\"version\":\"1.0\",\"added_tokens\":[],\"normalizer\":null,\"pre_tokenizer\":"
                    + "{\"type\":\"Whitespace\"},\"post_processor\":null,\"decoder\":null,"
                    + "\"model\":{\"type\":\"WordLevel\",\"unk_token\":\"unknown\","
                    + "\"vocab\":{\"unknown\":0,\"red\":1,\"green\":2}}}")
            .with("preprocessor_config.json", "{}")
            .withTensor("model.safetensors", "weight")
            .open();
    NamedServices<Architecture> services =
        NamedServices.of(List.of(new Seer(), new Runner()), Architecture::modelTypes);
    Engines engines = new Engines(NamedServices.of(List.<BackendProvider>of(), b -> List.of()));
    loader = new ModelLoader(new Architectures(services), engines);
    planner = new ModelPlanner(new Architectures(services), engines);
  }

  @Test
  void showsWhatTheModelSees() {
    assertThat(loader.inputs(folder, QUESTION, InputOptions.DEFAULT).promptTokenIds())
        .containsExactly(1, 2);
  }

  @Test
  void refusesAnImageBackendThatTheReferenceLacksAndNamesThoseThatHaveIt() {
    InputOptions inputs = LoadOptions.DEFAULT.withImageBackend(ImageBackend.PIL).inputs();
    assertThatThrownBy(() -> loader.inputs(folder, QUESTION, inputs))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessage(
            "the image backend 'pil' does not exist for seer: leave it out, or use a model of an"
                + " architecture that has it (runner)");
  }

  @Test
  void refusesToLoadItsModelsAndNamesThoseThatRun() {
    assertRefused(() -> loader.load("seer", folder, LoadOptions.DEFAULT));
  }

  @Test
  void refusesToCompareEngines() {
    ParityRequest request =
        new ParityRequest(List.of("a", "b"), QUESTION, GenerationOptions.DEFAULT, false);
    assertRefused(() -> loader.parity("seer", folder, LoadOptions.DEFAULT, request));
  }

  @Test
  void refusesToReadAnswersThatNobodyGives() {
    assertRefused(
        () -> loader.parse(folder, LoadOptions.DEFAULT, "find", "text", Optional.empty()));
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            VlmException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.ARCHITECTURE_UNSUPPORTED))
        .hasMessageContaining("'inputs' shows them")
        .hasMessageEndingWith("architectures that run are: runner");
  }

  @Test
  void saysInThePlanThatItsModelsCannotRun() {
    LocalFiles files = new LocalFiles(folder);
    PlannedSource source =
        new PlannedSource(
            "seer",
            folder,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            files.planned(),
            0,
            files.tensors());
    ModelPlan plan = planner.plan(source, LoadOptions.DEFAULT, PlanRequest.DEFAULT);
    assertThat(plan.architecture()).contains("seer");
    assertThat(plan.problem()).contains("its graphs are not yet").contains("runner");
  }

  @Test
  void itsAdapterIsAnErrorOfItsOwn() {
    CheckpointConfig config = new FolderConfig(folder, token -> 0);
    assertThatThrownBy(() -> new Seer().adapt(config))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("of seer, prompts and pictures are supported");
  }

  /** Sees words, nothing else. */
  private static final class Seer implements ProcessorArchitecture, ModelProcessor {
    @Override
    public String name() {
      return "seer";
    }

    @Override
    public List<String> modelTypes() {
      return List.of("seer");
    }

    @Override
    public List<String> testedCheckpoints() {
      return List.of();
    }

    @Override
    public ModelProcessor processor(CheckpointConfig config) {
      return this;
    }

    @Override
    public ProcessedImages process(List<Picture> pictures) {
      return ProcessedImages.NONE;
    }

    @Override
    public Optional<PromptFormat> promptFormat() {
      return Optional.of(
          prompt ->
              prompt.messages().get(0).content().stream()
                  .map(part -> new TextPart(((Content.Text) part).text(), true))
                  .toList());
    }

    @Override
    public List<TextPart> expand(List<TextPart> rendered, ProcessedImages images) {
      return rendered;
    }
  }

  /** Has graphs. */
  private static final class Runner implements Architecture {
    @Override
    public String name() {
      return "runner";
    }

    @Override
    public Set<ImageBackend> imageBackends() {
      return Set.of(ImageBackend.values());
    }

    @Override
    public List<String> modelTypes() {
      return List.of("runner");
    }

    @Override
    public List<String> testedCheckpoints() {
      return List.of();
    }

    @Override
    public ModelAdapter adapt(CheckpointConfig config) {
      throw new UnsupportedOperationException();
    }
  }
}
