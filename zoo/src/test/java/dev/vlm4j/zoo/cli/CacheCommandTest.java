package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vlm4j.zoo.hub.HubKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheCommandTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  /** What {@code git hash-object} says of {@code {}}. */
  private static final String EMPTY_OBJECT = "9e26dfeeb6e641a33dae4961196235bdb965b21b";

  @TempDir Path cache;
  private Path model;

  @BeforeEach
  void makeCache() throws IOException {
    model = cache.resolve("models--org--tiny");
    Path blob = model.resolve("blobs").resolve(EMPTY_OBJECT);
    write(blob, "{}");
    Path link = model.resolve("snapshots").resolve(COMMIT).resolve("config.json");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, link.getParent().relativize(blob));
    write(model.resolve("refs/main"), COMMIT);
    Files.createDirectories(cache.resolve("datasets--org--other"));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.US_ASCII);
  }

  private CommandLineRun run(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "cache";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--cache-dir";
    all[arguments.length + 2] = cache.toString();
    return CommandLineRun.of(all);
  }

  @Test
  void takesTheNamesThatTheOfficialClientPrints() {
    assertThat(run("ls").out()).isEqualTo(run("list").out());
    assertThat(run("rm", "model/org/tiny", "--dry-run").out()).contains("would remove org/tiny");
    assertThat(run("rm", "org/tiny", "org/tiny", "--dry-run").out())
        .isEqualTo("would remove org/tiny, 42 B\n");
  }

  @Test
  void listsModelsWithSizesAndRevisions() {
    CommandLineRun run = run("list");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("org/tiny", "42 B", "main").contains("1 models");
    JsonNode repository = run("list", "--format", "json").json().get(0).path("repositories").get(0);
    assertThat(repository.path("id").asText()).isEqualTo("org/tiny");
    assertThat(repository.path("references").path("main").asText()).isEqualTo(COMMIT);
  }

  @Test
  void listsNothingWhereThereIsNoCache() {
    assertThat(CommandLineRun.of("cache", "list", "--cache-dir", cache.resolve("none").toString()))
        .satisfies(run -> assertThat(run.code()).isZero())
        .satisfies(run -> assertThat(run.out()).contains("0 models"));
  }

  @Test
  void verifiesHashesAndLinks() throws IOException {
    assertThat(run("verify").out()).isEqualTo("org/tiny: 1 files, sound\n");
    Files.writeString(model.resolve("blobs").resolve(EMPTY_OBJECT), "[]");
    CommandLineRun damaged = run("verify", "org/tiny");
    assertThat(damaged.code()).isEqualTo(1);
    assertThat(damaged.out()).contains("does not have the hash that is its name");
    Files.delete(model.resolve("blobs").resolve(EMPTY_OBJECT));
    assertThat(run("verify").out()).contains("leads to nothing");
  }

  @Test
  void removesOnlyWhenToldTo() {
    CommandLineRun unasked = run("rm", "org/tiny");
    assertThat(unasked.code()).isEqualTo(2);
    assertThat(unasked.err()).contains("--yes");
    assertThat(run("rm", "org/tiny", "--dry-run").out()).isEqualTo("would remove org/tiny, 42 B\n");
    assertThat(model).exists();
    assertThat(run("rm", "org/tiny", "--yes").out()).isEqualTo("removed org/tiny, 42 B\n");
    assertThat(model).doesNotExist();
    assertThat(cache.resolve("datasets--org--other")).exists();
  }

  @Test
  void removalFollowsNoLinks() throws IOException {
    Path outside = Files.createDirectories(cache.resolve("outside"));
    write(outside.resolve("precious"), "x");
    Files.createSymbolicLink(model.resolve("snapshots/link"), outside);
    run("rm", "org/tiny", "--yes");
    assertThat(outside.resolve("precious")).exists();
  }

  @Test
  void saysThatAModelIsNotThere() {
    CommandLineRun run = run("rm", "org/none", "--yes");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("org/none");
  }

  @Test
  void downloadPrintsTheFolder() {
    CommandLineRun run = CommandLineRun.of("download", "org/tiny", "--revision", "v1");
    assertThat(run.out()).isEqualTo(Path.of("snapshots", "c0ffee") + "\n");
    assertThat(run.zoo().options.hub().effectiveRevision().text()).isEqualTo("v1");
    JsonNode json =
        CommandLineRun.of("download", "--model", "org/tiny", "--format", "json").json().get(0);
    assertThat(json.path("files").asInt()).isEqualTo(3);
    assertThat(json.path("commit").asText()).isEqualTo("c0ffee");
  }

  @Test
  void modelScopeIsAnOptionAndAPrefix() {
    CommandLineRun run = CommandLineRun.of("download", "org/tiny", "--modelscope");
    assertThat(run.zoo().options.hub().kind()).isEqualTo(HubKind.MODELSCOPE);
    assertThat(run.zoo().options.hub().effectiveRevision().text()).isEqualTo("master");
    assertThat(run("rm", "modelscope:org/tiny", "--dry-run").out()).contains("org/tiny");
  }
}
