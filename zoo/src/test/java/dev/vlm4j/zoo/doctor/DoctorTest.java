package dev.vlm4j.zoo.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.NamedServices;
import dev.vlm4j.spi.OpSet;
import dev.vlm4j.zoo.hub.HubOptions;
import dev.vlm4j.zoo.hub.HubSettings;
import dev.vlm4j.zoo.hub.Token;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final String SECRET = "hf_secretSECRETsecretSECRET";

  /** Nobody listens there. */
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  @TempDir Path folder;

  private HubOptions options(boolean offline) {
    HubSettings settings =
        HubSettings.of(NOWHERE, folder.resolve("hub"))
            .withOffline(offline)
            .withToken(new Token(SECRET));
    return HubOptions.DEFAULT.withSettings(settings);
  }

  private static Finding named(List<Finding> findings, String name) {
    return findings.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  private static NamedServices<BackendProvider> installed() {
    return NamedServices.load(BackendProvider.class, provider -> List.of(provider.name()));
  }

  @Test
  void installedEnginesLoadAndAdd() {
    List<Finding> findings = new Doctor(installed()).examine(options(true));
    Finding engine = named(findings, "engine onnxruntime");
    assertThat(engine.health()).as(engine.toString()).isEqualTo(Health.OK);
    assertThat(engine.found()).contains("version 1.", "loads", "runs a graph", "fp32");
    assertThat(findings)
        .extracting(Finding::name)
        .contains("java", "processor", "memory", "temporary", "disk", "cache", "endpoint", "token");
    assertThat(named(findings, "endpoint").found()).contains("offline");
    assertThat(findings.toString()).doesNotContain(SECRET);
    assertThat(named(findings, "token").found()).isEqualTo("present");
  }

  @Test
  void saysWhyAnEngineDoesNotLoad() {
    BackendProvider broken =
        provider(
            new VlmException(ErrorCode.BACKEND_UNAVAILABLE, "no library; add org.example:native"));
    Finding finding = engine(broken);
    assertThat(finding.health()).isEqualTo(Health.PROBLEM);
    assertThat(finding.advice()).contains("org.example:native");
  }

  @Test
  void survivesAMissingLibrary() {
    Finding finding = engine(provider(new UnsatisfiedLinkError("libgomp.so.1")));
    assertThat(finding.health()).isEqualTo(Health.PROBLEM);
    assertThat(finding.found()).contains("libgomp.so.1");
    assertThat(finding.advice()).contains("a made-up engine");
  }

  private static Finding engine(BackendProvider provider) {
    NamedServices<BackendProvider> providers =
        NamedServices.of(List.of(provider), p -> List.of(p.name()));
    return named(new EngineExam(providers, EngineExam::finding).findings(), "engine broken");
  }

  private static BackendProvider named(String name) {
    return provider(name, new IllegalStateException("examined in this process"));
  }

  private static BackendProvider provider(Throwable failure) {
    return provider("broken", failure);
  }

  private static BackendProvider provider(String name, Throwable failure) {
    return new BackendProvider() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public int opSetVersion() {
        return OpSet.VERSION;
      }

      @Override
      public String description() {
        return "a made-up engine";
      }

      @Override
      public Backend create(BackendOptions options) {
        if (failure instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failure;
      }
    };
  }

  @Test
  void aCrashingLibraryBecomesALine() {
    EngineProcess process = new EngineProcess(CrashingProbe.class.getName(), Duration.ofMinutes(1));
    Finding finding = process.examine(named("crashing"));
    assertThat(finding.health()).isEqualTo(Health.PROBLEM);
    assertThat(finding.found()).contains("crashes the program", "exit code", " in ");
    assertThat(finding.advice()).contains("native library", "--backend");
  }

  @Test
  void aCrashingLibraryIsNotTriedHereWhenItsFolderCannotBeDeleted() {
    EngineProcess process = new EngineProcess(CrashingProbe.class.getName(), Duration.ofMinutes(1));
    assertThat(process.examine(named("littering")).found()).contains("crashes the program");
  }

  @Test
  void aHangingLibraryBecomesALine() {
    EngineProcess process = new EngineProcess(CrashingProbe.class.getName(), Duration.ofSeconds(3));
    Finding finding = process.examine(named("hanging"));
    assertThat(finding.health()).isEqualTo(Health.PROBLEM);
    assertThat(finding.found()).contains("after 3 s");
  }

  @Test
  void anEngineIsExaminedHereWhereNoOtherProcessCan() {
    EngineProcess process = new EngineProcess("no.such.Program", Duration.ofMinutes(1));
    Finding finding = process.examine(provider(new UnsatisfiedLinkError("libgomp.so.1")));
    assertThat(finding.found()).contains("libgomp.so.1");
  }

  @Test
  void looksAtTheCacheOfModelScopeToo() throws IOException {
    Path model = folder.resolve("hub-vlm4j/modelscope/models--org--tiny");
    Path link = model.resolve("snapshots").resolve(COMMIT).resolve("config.json");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of("../../blobs/none"));
    List<Finding> findings = new HubExam(options(true).effective()).findings();
    assertThat(named(findings, "cache").health()).isEqualTo(Health.OK);
    assertThat(named(findings, "cache modelscope").found())
        .contains("org/tiny", "leads to nothing");
  }

  @Test
  void saysThatTheHubIsOutOfReach() {
    List<Finding> findings = new HubExam(options(false).effective()).findings();
    Finding endpoint = named(findings, "endpoint");
    assertThat(endpoint.health()).isEqualTo(Health.PROBLEM);
    assertThat(endpoint.advice()).contains("HF_ENDPOINT").doesNotContain("repository");
  }

  @Test
  void noticesBrokenLinksInTheCache() throws IOException {
    Path model = folder.resolve("hub/models--org--tiny");
    Path link = model.resolve("snapshots").resolve(COMMIT).resolve("config.json");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of("../../blobs/none"));
    Finding cache = named(new HubExam(options(true).effective()).findings(), "cache");
    assertThat(cache.health()).isEqualTo(Health.PROBLEM);
    assertThat(cache.found()).contains("org/tiny", "leads to nothing");
    assertThat(cache.advice()).contains("cache rm");
  }

  @Test
  void noticesFilesOfTheWrongSize() throws IOException {
    Path model = Files.createDirectories(folder.resolve("hub/models--org--tiny"));
    Path file = model.resolve("snapshots").resolve(COMMIT).resolve("config.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{}");
    Files.createDirectories(model.resolve("trees"));
    Files.writeString(
        model.resolve("trees").resolve(COMMIT + ".json"),
        "{\"format_version\": 1, \"files\": {\"config.json\": {\"size\": 3, \"blob_id\": \""
            + COMMIT
            + "\"}}}");
    Finding cache = named(new HubExam(options(true).effective()).findings(), "cache");
    assertThat(cache.found()).contains("another size");
  }

  @Test
  void warnsOfLittleMemoryAndOldProcessors() {
    assertThat(MachineExam.memory(1_000_000_000L, 4_000_000_000L).health())
        .isEqualTo(Health.WARNING);
    assertThat(MachineExam.memory(8_000_000_000L, 9_000_000_000L).health()).isEqualTo(Health.OK);
    assertThat(new Processor("amd64", 2, Set.of("avx")).finding().health())
        .isEqualTo(Health.WARNING);
    assertThat(new Processor("amd64", 2, Set.of("avx2", "amx_bf16")).finding().found())
        .contains("avx2 amx_bf16");
    assertThat(new Processor("aarch64", 2, Set.of()).finding().health()).isEqualTo(Health.OK);
    assertThat(MachineExam.java("17", "32").health()).isEqualTo(Health.PROBLEM);
    assertThat(MachineExam.temporary(folder.resolve("none")).health()).isEqualTo(Health.PROBLEM);
  }
}
