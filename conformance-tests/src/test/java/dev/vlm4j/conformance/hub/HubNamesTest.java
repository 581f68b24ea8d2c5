package dev.vlm4j.conformance.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** P10: no name, hash or commit of a repository leads out of the cache. */
class HubNamesTest {
  @TempDir Path temporary;
  private HubFixture fixture;
  private Path canary;

  @BeforeEach
  void start() throws IOException {
    Path inner = Files.createDirectories(temporary.resolve("a/b"));
    fixture = new HubFixture(inner);
    canary = Files.writeString(inner.resolve("canary"), "untouched");
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  static Stream<String> hostileNames() {
    return Stream.of(
        "../canary",
        "../../canary",
        "../../../../canary",
        "a/../../../canary",
        "a/..",
        "..",
        "/etc/canary",
        "//host/share/canary",
        "\\canary",
        "\\\\host\\share\\canary",
        "..\\canary",
        "a\\..\\..\\canary",
        "a/..\\canary",
        "C:canary",
        "C:\\canary",
        "C:/canary",
        "a/C:canary",
        "a/d:\\canary",
        "canary\0.json",
        "\0",
        "a/\0/b",
        "",
        ".",
        "./config.json",
        "a/./b",
        "a//b",
        "a/",
        "config.json\n",
        "config\r.json",
        "config\u0007.json",
        "config.json:stream",
        "config.json.",
        "config.json ",
        "folder./config.json",
        "folder /config.json",
        "CON",
        "con.json",
        "a/NUL",
        "prn.txt",
        "AUX",
        "com1.json",
        "a/LPT9",
        "COM¹",
        "what?.json",
        "star*.json",
        "quote\".json",
        "less<.json",
        "more>.json",
        "pipe|.json",
        "back\\slash.json",
        "x".repeat(300),
        "a/" + "y".repeat(300) + "/b",
        "z/".repeat(600) + "end");
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void refusesAHostileName(String name) throws IOException {
    fixture
        .repository()
        .commit("main", List.of(HubFile.text("config.json", "{}"), HubFile.text(name, "evil")));
    List<String> before = HubFixture.tree(temporary);
    assertThatThrownBy(() -> fixture.fetch("main"))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("refused");
    assertThat(canary).hasContent("untouched");
    assertThat(HubFixture.tree(temporary))
        .filteredOn(file -> !file.contains("/trees/") && !before.contains(file))
        .isEmpty();
  }

  @Test
  void refusesNamesThatAreOneFileOnSomeSystems() {
    fixture
        .repository()
        .commit(
            "main",
            List.of(HubFile.text("config.json", "{}"), HubFile.text("Config.JSON", "evil")));
    assertThatThrownBy(() -> fixture.fetch("main")).hasMessageContaining("same file");
    fixture
        .repository()
        .commit(
            "main",
            List.of(HubFile.text("\u00e9.json", "{}"), HubFile.text("e\u0301.json", "evil")));
    assertThatThrownBy(() -> fixture.fetch("main")).hasMessageContaining("same file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x", "..", "", "g123", "0123456789abcdef0123456789abcdef0123456/", "%2e%2e"})
  void refusesAMalformedHash(String hash) {
    fixture
        .repository()
        .commit(
            "main",
            List.of(
                new HubFile("config.json", Content.of(new byte[2]), false, hash, hash),
                new HubFile("w.safetensors", Content.of(new byte[2]), true, hash, "0".repeat(40))));
    assertThatThrownBy(() -> fixture.fetch("main")).isInstanceOf(VlmException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../canary", "main", "", "ABCDEF0123456789ABCDEF0123456789ABCDEF01"})
  void refusesAMalformedCommit(String commit) {
    fixture.repository().commit("other", HubFixture.files(1));
    fixture
        .hub
        .faults()
        .always(
            FaultScript.target("/revision/"),
            Fault.answer(Reply.json(200, "{\"sha\": \"" + commit + "\"}")));
    assertThatThrownBy(() -> fixture.fetch("main")).isInstanceOf(VlmException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../up",
        "/root",
        "a..b/../c",
        "C:x",
        "a\\b",
        "a b",
        "a:b",
        "a?b",
        "a~b",
        "",
        "a//b",
        "refs/"
      })
  void refusesARevisionThatIsNoName(String revision) {
    assertThatThrownBy(() -> fixture.fetch(revision))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("is no revision");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../up", "a/b/c", "/abs", "a--b", "a..b", ".a", "a.", "-a", "a/", "", "a b", "x.git", "a\\b"
      })
  void refusesARepositoryThatIsNoName(String id) {
    assertThatThrownBy(() -> new dev.vlm4j.zoo.hub.RepositoryId(id))
        .isInstanceOf(VlmException.class);
  }

  @Test
  void refusesALinkThatLeadsOutOfTheCache() throws IOException {
    String commit = fixture.repository().commit("main", HubFixture.files(1));
    fixture.fetch("main");
    Path config = fixture.repositoryFolder().resolve("snapshots/" + commit + "/config.json");
    Files.delete(config);
    Files.createSymbolicLink(config, canary);
    assertThatThrownBy(() -> fixture.fetch("main")).hasMessageContaining("leads out of the cache");
    assertThat(canary).hasContent("untouched");
  }

  @Test
  void refusesAnIndexThatNamesAnythingButWeightFiles() {
    for (String shard :
        List.of("../canary", "pytorch_model.bin", "a/b.safetensors", "/x", "none.safetensors")) {
      assertThatThrownBy(
              () ->
                  dev.vlm4j.zoo.hub.CheckpointFiles.weights(
                      List.of("model.safetensors.index.json", "a.safetensors", "pytorch_model.bin"),
                      () -> List.of("a.safetensors", shard)))
          .isInstanceOf(VlmException.class)
          .hasMessageContaining("index");
    }
  }

  @Test
  void boundsAListing() {
    fixture.repository().commit("main", HubFixture.files(1));
    fixture
        .hub
        .faults()
        .always(
            FaultScript.target("/tree/"),
            Fault.answer(
                Reply.json(200, "[]")
                    .with("Link", "<" + fixture.hub.endpoint() + "/tree/x>; rel=\"next\"")));
    assertThatThrownBy(() -> fixture.fetch("main")).hasMessageContaining("without end");
    fixture.hub.faults().clear();
    fixture
        .hub
        .faults()
        .always(
            FaultScript.target("/tree/"),
            Fault.answer(Reply.json(200, "[".repeat(2000) + "]".repeat(2000))));
    assertThatThrownBy(() -> fixture.fetch("main")).isInstanceOf(VlmException.class);
  }

  @Test
  void readsAListingOf100000Files() {
    java.util.ArrayList<HubFile> files = new java.util.ArrayList<>();
    HubFile one = HubFile.text("x", "x");
    for (int i = 0; i < 100_000; i++) {
      files.add(new HubFile("f/" + i + ".json", one.content(), false, one.etag(), one.etag()));
    }
    fixture.repository().commit("main", files);
    assertThat(fixture.open("main").names()).hasSize(100_000);
  }

  @Test
  void ignoresAnXetHashThatIsNone() {
    fixture.repository().commit("main", HubFixture.files(1));
    fixture
        .hub
        .faults()
        .always(
            FaultScript.target("/tree/"),
            Fault.change(
                (q, reply) -> {
                  java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
                  try {
                    reply.content().write(out, 0, reply.content().size());
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                  return Reply.json(
                      200,
                      out.toString(java.nio.charset.StandardCharsets.UTF_8)
                          .replaceAll("\"xetHash\":\"[^\"]*\"", "\"xetHash\":\"../redacted\""));
                }));
    fixture.fetch("main");
  }
}
