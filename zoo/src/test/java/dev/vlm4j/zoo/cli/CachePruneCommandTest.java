package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vlm4j.zoo.hub.HubCache;
import dev.vlm4j.zoo.hub.RepositoryId;
import dev.vlm4j.zoo.hub.UnusedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes is compared with the official client's by {@code hub_cache_prune.py}. */
class CachePruneCommandTest {
  private static final String OLD = "a".repeat(40);
  private static final String NEW = "b".repeat(40);
  private static final String NOTHING =
      "nothing to remove: every revision has a name, and no download is unfinished\n";

  @TempDir Path cache;
  private Path model;

  /** The branch has moved from the old commit to the new one; both have one file in common. */
  @BeforeEach
  void makeCache() throws IOException {
    model = cache.resolve("models--org--tiny");
    file(OLD, "config.json", "shared");
    file(OLD, "model.safetensors", "older");
    file(NEW, "config.json", "shared");
    file(NEW, "model.safetensors", "newer");
    write(model.resolve("refs/main"), NEW);
  }

  private void file(String commit, String name, String blob) throws IOException {
    Path content = model.resolve("blobs").resolve(blob);
    write(content, blob);
    Path link = model.resolve("snapshots").resolve(commit).resolve(name);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, link.getParent().relativize(content));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private CommandLineRun prune(String... arguments) {
    List<String> all = new ArrayList<>(List.of("cache", "prune"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--cache-dir", cache.toString()));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  @Test
  void removesACommitWithoutANameAndTheContentsThatOnlyItHas() {
    assertThat(prune("--yes").out()).isEqualTo("removed org/tiny (revision " + OLD + "), 5 B\n");
    assertThat(model.resolve("snapshots").resolve(OLD)).doesNotExist();
    assertThat(model.resolve("blobs/older")).doesNotExist();
    assertThat(model.resolve("snapshots").resolve(NEW).resolve("config.json")).hasContent("shared");
    assertThat(model.resolve("snapshots").resolve(NEW).resolve("model.safetensors")).exists();
    assertThat(prune("--yes").out()).isEqualTo(NOTHING);
  }

  @Test
  void removesOnlyWhenToldTo() {
    CommandLineRun unasked = prune();
    assertThat(unasked.code()).isEqualTo(2);
    assertThat(unasked.err()).contains("--yes");
    assertThat(prune("--dry-run", "--yes").out())
        .isEqualTo("would remove org/tiny (revision " + OLD + "), 5 B\n");
    assertThat(model.resolve("blobs/older")).exists();
  }

  @Test
  void removesAModelOfWhichNoCommitHasAName() throws IOException {
    Files.delete(model.resolve("refs/main"));
    write(model.resolve("blobs/part.01234567.incomplete"), "12");
    JsonNode json = prune("--yes", "--format", "json").json().get(0);
    assertThat(json.path("removed").asBoolean()).isTrue();
    JsonNode repository = json.path("repositories").get(0);
    assertThat(repository.path("whole").asBoolean()).isTrue();
    assertThat(repository.path("incomplete").asInt()).isEqualTo(1);
    assertThat(repository.path("commits")).hasSize(2);
    assertThat(repository.path("bytes").asInt()).isEqualTo(18);
    assertThat(model).doesNotExist();
  }

  @Test
  void removesUnfinishedDownloads() throws IOException {
    prune("--yes");
    write(model.resolve("blobs/part.01234567.incomplete"), "12");
    assertThat(prune("--yes").out()).isEqualTo("removed org/tiny (1 unfinished downloads), 2 B\n");
    assertThat(model.resolve("blobs")).isDirectoryNotContaining("glob:**.incomplete");
    assertThat(prune("--yes").out()).isEqualTo(NOTHING);
  }

  @Test
  void keepsTheCommitsWhereLinksOrNamesAreBroken() throws IOException {
    write(model.resolve("blobs/part.01234567.incomplete"), "12");
    write(model.resolve("refs/v1"), "half a comm");
    CommandLineRun run = prune("--yes");
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("org/tiny: no revision is removed, because refs/v1 holds no");
    assertThat(run.out()).isEqualTo("removed org/tiny (1 unfinished downloads), 2 B\n");
    assertThat(model.resolve("snapshots").resolve(OLD)).exists();
    Files.delete(model.resolve("refs/v1"));
    Files.delete(model.resolve("blobs/newer"));
    CommandLineRun broken = prune("--yes", "--format", "json");
    assertThat(broken.json().get(0).path("unclear").get(0).path("problems").get(0).asText())
        .endsWith("leads to nothing");
    assertThat(model.resolve("blobs/older")).exists();
  }

  @Test
  void followsNoLinkOutOfTheModel() throws IOException {
    Path outside = cache.resolve("precious");
    write(outside, "x");
    Files.createSymbolicLink(
        model.resolve("snapshots").resolve(OLD).resolve("link"), Path.of("../../../precious"));
    Files.createSymbolicLink(model.resolve("snapshots/folder"), cache);
    assertThat(prune("--yes").code()).isZero();
    assertThat(model.resolve("snapshots").resolve(OLD)).doesNotExist();
    assertThat(Files.exists(model.resolve("snapshots/folder"), LinkOption.NOFOLLOW_LINKS))
        .isFalse();
    assertThat(outside).exists();
  }

  @Test
  void whatGotANameMeanwhileStays() throws IOException {
    HubCache hub = new HubCache(cache);
    UnusedData found = hub.unused(hub.get(new RepositoryId("org/tiny")));
    write(model.resolve("refs/v1"), OLD);
    hub.remove(found);
    assertThat(model.resolve("snapshots").resolve(OLD).resolve("model.safetensors"))
        .hasContent("older");
  }

  @Test
  void aFileOfTheSystemIsNoCommit() throws IOException {
    write(model.resolve("snapshots/.DS_Store"), "");
    write(model.resolve("refs/.DS_Store"), "");
    assertThat(prune("--yes").err()).isEmpty();
    assertThat(model.resolve("snapshots").resolve(OLD)).doesNotExist();
  }
}
