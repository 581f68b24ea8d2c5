package dev.vlm4j.conformance.hub;

import dev.vlm4j.zoo.hub.DownloadListener;
import dev.vlm4j.zoo.hub.Hub;
import dev.vlm4j.zoo.hub.HubKind;
import dev.vlm4j.zoo.hub.HubSettings;
import dev.vlm4j.zoo.hub.HubSnapshot;
import dev.vlm4j.zoo.hub.RepositoryId;
import dev.vlm4j.zoo.hub.RetryPolicy;
import dev.vlm4j.zoo.hub.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A double with one repository, and a cache folder; everything that waits is quick. */
final class HubFixture implements AutoCloseable {
  static final String ID = "org/tiny";
  static final RetryPolicy QUICK =
      new RetryPolicy(5, Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMinutes(2));

  final HubDouble hub = new HubDouble();
  final Path cache;
  HubSettings settings;

  HubFixture(Path temporary) {
    this.cache = temporary.resolve("hub");
    this.settings =
        HubSettings.of(hub.endpoint(), cache)
            .withRetries(QUICK)
            .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));
  }

  /** Lets the same repositories be found as ModelScope would serve them. */
  HubFixture asModelScope() {
    settings =
        HubSettings.of(HubKind.MODELSCOPE, hub.endpoint(), cache)
            .withRetries(QUICK)
            .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));
    return this;
  }

  /** Returns bytes that follow from a seed. */
  static byte[] bytes(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Returns a small file and a large one. */
  static List<HubFile> files(long seed) {
    return List.of(
        HubFile.text("config.json", "{\"model_type\": \"llava\", \"seed\": " + seed + "}"),
        HubFile.large("model.safetensors", Content.of(bytes(300_000, seed))));
  }

  HubRepository repository() {
    return hub.repository(ID);
  }

  HubSnapshot open(String revision) {
    return open(revision, DownloadListener.NONE);
  }

  HubSnapshot open(String revision, DownloadListener listener) {
    return new Hub(settings).open(new RepositoryId(ID), new Revision(revision), listener);
  }

  /** Fetches all files of a revision. */
  HubSnapshot fetch(String revision) {
    return fetch(revision, DownloadListener.NONE);
  }

  HubSnapshot fetch(String revision, DownloadListener listener) {
    HubSnapshot snapshot = open(revision, listener);
    snapshot.fetch(snapshot.names());
    snapshot.remember();
    return snapshot;
  }

  Path repositoryFolder() {
    return cache.resolve("models--" + ID.replace("/", "--"));
  }

  /** Returns the paths of everything that is no folder, relative to the cache. */
  List<String> tree() throws IOException {
    return tree(cache);
  }

  static List<String> tree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  /** Returns the names of files that are not complete. */
  List<String> incomplete() throws IOException {
    return tree().stream()
        .filter(name -> name.endsWith(".incomplete") || name.endsWith(".tmp"))
        .toList();
  }

  @Override
  public void close() {
    hub.close();
  }
}
