package dev.vlm4j.conformance.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.hub.Hub;
import dev.vlm4j.zoo.hub.HubEnvironment;
import dev.vlm4j.zoo.hub.HubSettings;
import dev.vlm4j.zoo.hub.HubSnapshot;
import dev.vlm4j.zoo.hub.RepositoryId;
import dev.vlm4j.zoo.hub.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P8: offline means no connection, and an error that says what is missing. */
class HubOfflineTest {
  @TempDir Path temporary;
  private HubFixture fixture;

  @BeforeEach
  void start() {
    fixture = new HubFixture(temporary);
    fixture.repository().commit("main", HubFixture.files(1));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void goOffline() {
    fixture.hub.forgetRequests();
    HubSettings offline =
        new HubEnvironment(
                Map.of(
                    "HF_HUB_OFFLINE",
                    "1",
                    "HF_ENDPOINT",
                    fixture.hub.endpoint().toString(),
                    "HF_HUB_CACHE",
                    fixture.cache.toString()),
                temporary)
            .settings();
    assertThat(offline.offline()).isTrue();
    fixture.settings = offline;
  }

  @Test
  void servesWhatIsThereWithoutAConnection() {
    fixture.fetch("main");
    goOffline();
    HubSnapshot snapshot = fixture.fetch("main");
    assertThat(snapshot.names()).contains("config.json", "model.safetensors");
    assertThat(fixture.hub.requests()).isEmpty();
  }

  @Test
  void namesTheFileAndTheRepositoryThatAreMissing() {
    fixture.open("main").fetch(List.of("config.json"));
    fixture.open("main").remember();
    goOffline();
    assertThatThrownBy(() -> fixture.fetch("main"))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HUB_OFFLINE))
        .hasMessageContaining("model.safetensors")
        .hasMessageContaining("org/tiny");
    assertThat(fixture.hub.requests()).isEmpty();
  }

  @Test
  void namesTheRevisionThatIsMissing() {
    goOffline();
    assertThatThrownBy(() -> fixture.fetch("v1.0"))
        .hasMessageContaining("v1.0")
        .hasMessageContaining("org/tiny");
    assertThat(fixture.hub.requests()).isEmpty();
  }

  /** What Python programs leave that fetch single files. */
  @Test
  void usesASnapshotWithoutAListing() throws IOException {
    String commit = fixture.fetch("main").commit();
    Files.delete(fixture.repositoryFolder().resolve("trees/" + commit + ".json"));
    goOffline();
    assertThat(fixture.fetch("main").names()).containsExactly("config.json", "model.safetensors");
  }

  @Test
  void usesAContentThatNewerPythonClientsShareBetweenRepositories() throws IOException {
    HubSnapshot snapshot = fixture.fetch("main");
    Path blob = snapshot.folder().resolve("model.safetensors").toRealPath();
    Path shared = Files.createDirectories(fixture.cache.resolve("blobs/ab"));
    Files.writeString(fixture.cache.resolve("blobs/.huggingface-shared-blobs"), "1\n");
    Path moved = Files.move(blob, shared.resolve("ab".repeat(32)));
    Files.createSymbolicLink(blob, blob.getParent().relativize(moved));
    goOffline();
    fixture.fetch("main");
  }

  @Test
  void aTokenFileIsReadAndAnEndpointIsNot() throws IOException {
    Path home = temporary.resolve("home");
    Files.createDirectories(home.resolve(".cache/huggingface"));
    Files.writeString(home.resolve(".cache/huggingface/token"), " hf_fromFile \n");
    HubSettings settings = new HubEnvironment(Map.of(), home).settings();
    assertThat(settings.findToken()).isPresent();
    assertThat(settings.cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
    assertThatThrownBy(
            () ->
                new Hub(settings.withOffline(true))
                    .open(
                        new RepositoryId("a/b"),
                        Revision.MAIN,
                        dev.vlm4j.zoo.hub.DownloadListener.NONE))
        .isInstanceOf(VlmException.class);
  }
}
