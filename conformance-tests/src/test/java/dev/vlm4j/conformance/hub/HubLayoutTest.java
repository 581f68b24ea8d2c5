package dev.vlm4j.conformance.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.zoo.hub.HubSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache has the official layout, and a warm one needs the Hub hardly or not at all. */
class HubLayoutTest {
  @TempDir Path temporary;
  private HubFixture fixture;

  @BeforeEach
  void start() {
    fixture = new HubFixture(temporary);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void writesTheOfficialLayout() throws IOException {
    List<HubFile> files = new ArrayList<>(HubFixture.files(1));
    files.add(HubFile.text("additional_chat_templates/tools.jinja", "{{ tools }}"));
    String commit = fixture.repository().commit("main", files);
    fixture.fetch("main");
    String repository = "models--org--tiny/";
    assertThat(fixture.tree())
        .containsExactlyInAnyOrder(
            "CACHEDIR.TAG",
            ".locks/models--org--tiny/" + files.get(0).etag() + ".lock",
            ".locks/models--org--tiny/" + files.get(1).etag() + ".lock",
            ".locks/models--org--tiny/" + files.get(2).etag() + ".lock",
            repository + "blobs/" + files.get(0).etag(),
            repository + "blobs/" + files.get(1).etag(),
            repository + "blobs/" + files.get(2).etag(),
            repository + "refs/main",
            repository + "trees/" + commit + ".json",
            repository + "snapshots/" + commit + "/config.json",
            repository + "snapshots/" + commit + "/model.safetensors",
            repository + "snapshots/" + commit + "/additional_chat_templates/tools.jinja");
    Path snapshot = fixture.repositoryFolder().resolve("snapshots").resolve(commit);
    assertThat(Files.readSymbolicLink(snapshot.resolve("config.json")))
        .hasToString("../../blobs/" + files.get(0).etag());
    assertThat(Files.readSymbolicLink(snapshot.resolve("additional_chat_templates/tools.jinja")))
        .hasToString("../../../blobs/" + files.get(2).etag());
    assertThat(fixture.repositoryFolder().resolve("refs/main")).hasContent(commit);
  }

  /** The bytes that Python's {@code json.dump(..., indent=1)} makes of the same listing. */
  @Test
  void writesTheListingAsThePythonClientDoes() {
    HubFile tokenizer = HubFile.text("tokén \ud83d\ude00.json", "{}");
    HubFile weights = HubFixture.files(1).get(1);
    String commit = fixture.repository().commit("main", List.of(tokenizer, weights));
    fixture.fetch("main");
    assertThat(fixture.repositoryFolder().resolve("trees/" + commit + ".json"))
        .hasContent(
            """
            {
             "format_version": 1,
             "files": {
              "model.safetensors": {
               "size": 300000,
               "blob_id": "%s",
               "lfs_sha256": "%s",
               "lfs_size": 300000,
               "xet_hash": "%s"
              },
              "tok\\u00e9n \\ud83d\\ude00.json": {
               "size": 2,
               "blob_id": "9e26dfeeb6e641a33dae4961196235bdb965b21b"
              }
             }
            }\
            """
                .formatted(weights.pointerId(), weights.etag(), weights.etag()));
  }

  @Test
  void storesAReferenceOfAPullRequestInItsFolders() {
    String commit = fixture.repository().commit("refs/pr/1", HubFixture.files(1));
    fixture.fetch("refs/pr/1");
    assertThat(fixture.repositoryFolder().resolve("refs/refs/pr/1")).hasContent(commit);
  }

  @Test
  void asksOnceForABranchWhoseCommitIsThere() {
    fixture.repository().commit("main", HubFixture.files(1));
    fixture.fetch("main");
    fixture.hub.forgetRequests();
    fixture.fetch("main");
    assertThat(fixture.hub.requests()).hasSize(1);
  }

  @Test
  void asksNothingForACommitThatIsThere() {
    String commit = fixture.repository().commit("main", HubFixture.files(1));
    fixture.fetch(commit);
    fixture.hub.forgetRequests();
    fixture.fetch(commit);
    assertThat(fixture.hub.requests()).isEmpty();
  }

  @Test
  void sharesContentsBetweenCommits() throws IOException {
    HubFile weights = HubFixture.files(1).get(1);
    fixture.repository().commit("main", List.of(HubFile.text("config.json", "{}"), weights));
    fixture.fetch("main");
    fixture.repository().commit("main", List.of(HubFile.text("config.json", "{ }"), weights));
    fixture.hub.forgetRequests();
    fixture.fetch("main");
    assertThat(fixture.hub.requests()).noneMatch(RecordedRequest::storage);
    assertThat(fixture.tree()).filteredOn(name -> name.contains("/snapshots/")).hasSize(4);
  }

  @Test
  void readsAListingOverManyPages() {
    List<HubFile> files = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      files.add(HubFile.text("file-" + i + ".json", "{}"));
    }
    fixture.repository().commit("main", files);
    fixture.hub.pageSize(4);
    assertThat(fixture.open("main").names()).hasSize(25);
  }

  @Test
  void followsARenamedRepository() {
    fixture.hub.repository("org/new").commit("main", HubFixture.files(1));
    fixture.hub.rename(HubFixture.ID, "org/new");
    assertThat(fixture.fetch("main").folder().resolve("config.json")).exists();
  }

  @Test
  void deletesTemporaryFilesOfYesterdayOnly() throws IOException {
    fixture.repository().commit("main", HubFixture.files(1));
    Path blobs = Files.createDirectories(fixture.repositoryFolder().resolve("blobs"));
    Path old = Files.createFile(blobs.resolve("a".repeat(64) + ".0123abcd.incomplete"));
    Path recent = Files.createFile(blobs.resolve("b".repeat(64) + ".0123abcd.incomplete"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
    fixture.fetch("main");
    assertThat(old).doesNotExist();
    assertThat(recent).exists();
  }

  @Test
  void copiesWhereLinksAreForbidden() throws IOException {
    fixture.settings = fixture.settings.withLinks(false);
    HubFile config = HubFile.text("config.json", "{}");
    fixture
        .repository()
        .commit(
            "main", List.of(config, HubFile.text("copy.json", "{}"), HubFixture.files(1).get(1)));
    HubSnapshot snapshot = fixture.fetch("main");
    assertThat(snapshot.folder().resolve("config.json")).isRegularFile().hasContent("{}");
    assertThat(Files.isSymbolicLink(snapshot.folder().resolve("config.json"))).isFalse();
    assertThat(snapshot.folder().resolve("copy.json")).hasContent("{}");
    fixture.hub.forgetRequests();
    fixture.fetch("main");
    assertThat(fixture.hub.requests()).hasSize(1);
    assertThat(fixture.incomplete()).isEmpty();
  }

  @Test
  void storesThatAFileOfTheListingDoesNotExist() {
    String commit = fixture.repository().commit("main", HubFixture.files(1));
    HubSnapshot snapshot = fixture.open("main");
    fixture
        .hub
        .faults()
        .always(
            FaultScript.target("/config.json"),
            Fault.answer(Reply.error(404, "EntryNotFound", "Entry not found")));
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> snapshot.fetch(List.of("config.json")))
        .hasMessageContaining("config.json");
    assertThat(fixture.repositoryFolder().resolve(".no_exist/" + commit + "/config.json"))
        .exists()
        .isEmptyFile();
  }

  @Test
  void takesACompressedAnswer() {
    fixture.repository().commit("main", HubFixture.files(1));
    fixture.hub.faults().always(request -> true, Fault.gzip());
    assertThat(fixture.fetch("main").folder().resolve("config.json"))
        .hasContent("{\"model_type\": \"llava\", \"seed\": 1}");
  }
}
