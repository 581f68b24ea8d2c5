package dev.vlm4j.conformance.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.conformance.hub.ChildJvm;
import dev.vlm4j.conformance.hub.Content;
import dev.vlm4j.conformance.hub.HubDouble;
import dev.vlm4j.conformance.hub.HubFile;
import dev.vlm4j.conformance.hub.RecordedRequest;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.DownloadedModel;
import dev.vlm4j.zoo.LoadOptions;
import dev.vlm4j.zoo.ModelPlan;
import dev.vlm4j.zoo.PlanRequest;
import dev.vlm4j.zoo.Vlm4j;
import dev.vlm4j.zoo.hub.HubOptions;
import dev.vlm4j.zoo.hub.HubSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the name of a repository to an answer, and again without the Hub. */
class HubJourneyTest {
  private static final String ID = "llava-hf/tiny-llava";
  private static final String CHECKPOINT = "llava-1.5-shards";
  private static final String CASE = "one_picture";

  @TempDir Path temporary;
  private final HubDouble hub = new HubDouble();
  private final GoldenFiles files = GoldenFiles.unpack();
  private final List<HubFile> served = new ArrayList<>();
  private String commit = "";

  @BeforeEach
  void serve() throws IOException {
    List<HubFile> all = served;
    Path folder = new CheckpointFolders(files).folder(files.checkpoint(CHECKPOINT));
    try (Stream<Path> list = Files.list(folder)) {
      for (Path file : list.sorted().toList()) {
        String name = file.getFileName().toString();
        all.add(
            name.endsWith(".safetensors")
                ? HubFile.large(name, Content.of(file))
                : HubFile.small(name, Files.readAllBytes(file)));
      }
    }
    all.add(HubFile.text("README.md", "A tiny model."));
    all.add(HubFile.text("modeling_tiny.py", "raise SystemExit"));
    all.add(HubFile.large("pytorch_model.bin", Content.of(new byte[] {(byte) 0x80, 2})));
    all.add(HubFile.large("onnx/model.safetensors", Content.of(new byte[100])));
    commit = hub.repository(ID).commit("main", all);
  }

  @AfterEach
  void stop() {
    hub.close();
    files.close();
  }

  private LoadOptions options() {
    HubSettings settings = HubSettings.of(hub.endpoint(), temporary.resolve("hub"));
    return LoadOptions.DEFAULT
        .withBackend("reference")
        .withHub(HubOptions.DEFAULT.withSettings(settings));
  }

  private GoldenCase golden() {
    return files.checkpoint(CHECKPOINT).named(CASE);
  }

  private void check(VisionLanguageModel model) {
    Answer answer = model.generate(golden().prompt(), golden().options());
    assertThat(answer.tokenIds()).isEqualTo(golden().answerIds());
  }

  @Test
  void answersByHubIdentifierAndAgainOffline() {
    try (VisionLanguageModel model = Vlm4j.load(ID, options())) {
      assertThat(model.info().commit()).contains(commit);
      assertThat(model.info().id()).isEqualTo(ID);
      check(model);
    }
    hub.close();
    try (VisionLanguageModel model = Vlm4j.load(ID, options().withOffline())) {
      check(model);
    }
  }

  @Test
  void showsInputsAgainOffline() {
    ModelInputs online = Vlm4j.inputs(ID, golden().prompt(), options());
    hub.close();
    ModelInputs offline = Vlm4j.inputs(ID, golden().prompt(), options().withOffline());
    assertThat(offline.promptTokenIds()).isEqualTo(online.promptTokenIds());
  }

  /** Offline, a whole commit is worth more than a newer one of which only settings are there. */
  @Test
  void inputsOfANewerCommitLeaveTheWholeOneForOfflineUse() {
    Vlm4j.download(ID, options());
    List<HubFile> newer = new ArrayList<>(served);
    newer.add(HubFile.text("NOTICE", "newer"));
    hub.repository(ID).commit("main", newer);
    Vlm4j.inputs(ID, golden().prompt(), options());
    hub.close();
    try (VisionLanguageModel model = Vlm4j.load(ID, options().withOffline())) {
      assertThat(model.info().commit()).contains(commit);
    }
  }

  /** As for Python programs, which name the commit too when they have read settings only. */
  @Test
  void loadingOfflineAfterInputsAloneFailsWithATypedError() {
    Vlm4j.inputs(ID, golden().prompt(), options());
    hub.close();
    assertThatThrownBy(() -> Vlm4j.load(ID, options().withOffline()))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("offline");
  }

  @Test
  void findsATemplateAmongTheAdditionalOnes() {
    String home = "additional_chat_templates/default.jinja";
    String other = "additional_chat_templates/tools.jinja";
    List<HubFile> moved = new ArrayList<>(List.of(HubFile.text(other, "{{ tools }}")));
    for (HubFile file : served) {
      moved.add(
          file.path().equals("chat_template.jinja")
              ? new HubFile(home, file.content(), file.large(), file.etag(), file.pointerId())
              : file);
    }
    hub.repository(ID).commit("main", moved);
    Path folder = Vlm4j.download(ID, options()).folder();
    assertThat(folder.resolve(home)).exists();
    assertThat(folder.resolve(other)).exists();
    hub.close();
    try (VisionLanguageModel model = Vlm4j.load(ID, options().withOffline())) {
      check(model);
    }
  }

  @Test
  void fetchesWhatTheAdapterNeedsAndNothingElse() {
    DownloadedModel model = Vlm4j.download(ID, options());
    assertThat(hub.requests())
        .extracting(RecordedRequest::target)
        .noneMatch(target -> target.matches(".*(README|\\.py|\\.bin|onnx/).*"));
    assertThat(model.commit()).isEqualTo(commit);
    assertThat(model.folder().resolve("model.safetensors.index.json")).exists();
    assertThat(model.folder().resolve("README.md")).doesNotExist();
  }

  @Test
  void anAliasNamesACheckpoint() {
    String id = "llava-hf/llava-1.5-7b-hf";
    hub.repository(id).commit("main", served);
    try (VisionLanguageModel model = Vlm4j.load("llava-1.5-7b", options())) {
      assertThat(model.info().id()).isEqualTo(id);
      check(model);
    }
    assertThat(Vlm4j.plan("llava-1.5-7b", options(), PlanRequest.DEFAULT).model()).isEqualTo(id);
  }

  @Test
  void aRevisionMayStandBehindTheName() {
    String old = commit;
    hub.repository(ID).commit("main", List.of(HubFile.text("config.json", "{}")));
    hub.repository(ID).point("v1", old);
    DownloadedModel model = Vlm4j.download(ID + "@v1", options());
    assertThat(model.commit()).isEqualTo(old);
    assertThat(model.revision()).isEqualTo("v1");
    assertThat(Vlm4j.plan(ID + "@" + old, options(), PlanRequest.DEFAULT).commit()).contains(old);
  }

  @Test
  void readsTheInputsWithoutFetchingWeights() {
    assertThat(Vlm4j.inputs(ID, golden().prompt(), options()).promptTokenIds())
        .isEqualTo(golden().promptIds());
    assertThat(hub.requests()).noneMatch(RecordedRequest::storage);
  }

  @Test
  void plansBeforeAnyWeightIsFetched() {
    ModelPlan plan = Vlm4j.plan(ID, options(), PlanRequest.DEFAULT);
    assertThat(plan.architecture()).contains("llava");
    assertThat(plan.problem()).isEmpty();
    assertThat(plan.commit()).contains(commit);
    assertThat(plan.license()).contains("apache-2.0");
    assertThat(plan.gated()).contains(false);
    assertThat(plan.ignored()).hasSize(2);
    assertThat(plan.bytesToFetch()).isPositive();
    assertThat(plan.bytesCached()).isPositive();
    assertThat(plan.files()).filteredOn(file -> !file.cached()).hasSize(3);
    assertThat(hub.requests())
        .filteredOn(RecordedRequest::storage)
        .isNotEmpty()
        .allMatch(request -> request.header("range").isPresent());
    long parameters = plan.parameters().values().stream().mapToLong(n -> n).sum();
    assertThat(plan.memory())
        .filteredOn(memory -> memory.precision().equals("fp32"))
        .isNotEmpty()
        .allSatisfy(
            memory -> {
              assertThat(memory.weights()).isBetween(3 * parameters, 4 * parameters);
              assertThat(memory.activations()).isPositive();
            });
    DownloadedModel model = Vlm4j.download(ID, options());
    assertThat(plan.bytesToFetch() + plan.bytesCached()).isEqualTo(model.bytes());
    ModelPlan again = Vlm4j.plan(ID, options().withOffline(), PlanRequest.DEFAULT);
    assertThat(again.bytesToFetch()).isZero();
    assertThat(again.parameters()).isEqualTo(plan.parameters());
  }

  @Test
  void plansAnUnknownArchitectureAndNamesTheNearest() {
    hub.repository("org/other")
        .commit(
            "main",
            List.of(
                HubFile.text("config.json", "{\"model_type\": \"lava\"}"),
                HubFile.large("model.safetensors", Content.of(emptySafetensors()))));
    ModelPlan plan = Vlm4j.plan("org/other", options(), PlanRequest.DEFAULT);
    assertThat(plan.architecture()).isEmpty();
    assertThat(plan.problem()).contains("the nearest name is 'llava'");
    assertThat(plan.backends()).allMatch(fit -> !fit.reason().isEmpty());
  }

  private static byte[] emptySafetensors() {
    return new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'};
  }

  @Test
  void refusesAnUnknownArchitectureBeforeItFetchesWeights() {
    hub.repository("org/other")
        .commit(
            "main",
            List.of(
                HubFile.text("config.json", "{\"model_type\": \"never_heard_of\"}"),
                HubFile.large("model.safetensors", Content.of(new byte[1000]))));
    assertThatThrownBy(() -> Vlm4j.load("org/other", options()))
        .isInstanceOfSatisfying(
            VlmException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.ARCHITECTURE_UNKNOWN));
    assertThat(hub.requests()).noneMatch(RecordedRequest::storage);
  }

  @Test
  void refusesAnArchitectureWithoutGraphsBeforeItFetchesWeights() {
    hub.repository("org/other")
        .commit(
            "main",
            List.of(
                HubFile.text("config.json", "{\"model_type\": \"blip-2\"}"),
                HubFile.large("model.safetensors", Content.of(new byte[1000]))));
    assertThatThrownBy(() -> Vlm4j.load("org/other", options()))
        .isInstanceOfSatisfying(
            VlmException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.ARCHITECTURE_UNSUPPORTED))
        .hasMessageContaining("'inputs' shows them")
        .hasMessageContaining("llava");
    assertThat(hub.requests()).noneMatch(RecordedRequest::storage);
  }

  @Test
  void theProgramDownloadsAnswersAndAnswersAgainOffline() throws Exception {
    Path picture = temporary.resolve("picture.png");
    javax.imageio.ImageIO.write(
        new java.awt.image.BufferedImage(40, 30, java.awt.image.BufferedImage.TYPE_INT_RGB),
        "png",
        picture.toFile());
    Map<String, String> environment =
        Map.of(
            "HF_ENDPOINT",
            hub.endpoint().toString(),
            "HF_HOME",
            temporary.resolve("hf").toString());
    String[] run = {
      "dev.vlm4j.zoo.cli.Main",
      "run",
      "--model",
      ID,
      "--backend",
      "reference",
      "--image",
      picture.toString(),
      "--prompt",
      "What is this?",
      "--max-new-tokens",
      "4"
    };
    ChildJvm.Outcome first = ChildJvm.run(environment, run);
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).contains("downloading");
    hub.close();
    List<String> offline = new ArrayList<>(List.of(run));
    offline.add("--offline");
    ChildJvm.Outcome again = ChildJvm.run(environment, offline.toArray(String[]::new));
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).isEqualTo(first.out());
    assertThat(again.err()).doesNotContain("downloading");
  }
}
