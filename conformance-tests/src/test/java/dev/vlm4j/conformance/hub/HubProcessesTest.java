package dev.vlm4j.conformance.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.zoo.hub.CacheCheck;
import dev.vlm4j.zoo.hub.DownloadListener;
import dev.vlm4j.zoo.hub.HubCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P2: a kill at any time loses nothing. P4: processes need not know of each other. */
class HubProcessesTest {
  private static final String PROGRAM = FetchProgram.class.getName();

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

  private Process child(int number) throws IOException {
    Map<String, String> environment =
        Map.of(
            "HF_ENDPOINT", fixture.hub.endpoint().toString(),
            "HF_HUB_CACHE", fixture.cache.toString());
    return ChildJvm.start(
        environment, temporary.resolve("child-" + number + ".err"), PROGRAM, HubFixture.ID);
  }

  @Test
  void losesNothingWhenItIsKilledAt8Moments() throws Exception {
    kills(8, 20_000_000);
  }

  @Test
  @Tag("long")
  void losesNothingWhenItIsKilledAt500Moments() throws Exception {
    kills(500, 50_000_000);
  }

  private void kills(int count, int size) throws Exception {
    Random random = new Random(3);
    String old = fixture.repository().commit("main", HubFixture.files(1));
    fixture.fetch("main");
    HubFile weights = HubFile.large("model.safetensors", Content.of(HubFixture.bytes(size, 2)));
    String commit =
        fixture.repository().commit("main", List.of(HubFixture.files(2).get(0), weights));
    for (int i = 0; i < count; i++) {
      forget(weights, commit, old);
      fixture.hub.faults().always(RecordedRequest::storage, Fault.drip(100_000_000));
      Process process = child(0);
      awaitReady(process);
      Thread.sleep(random.nextInt(700));
      process.destroyForcibly().waitFor();
      checkNothingWrongIsVisible(commit);
      fixture.settings = fixture.settings.withOffline(true);
      fixture.fetch(old);
      fixture.settings = fixture.settings.withOffline(false);
      fixture.hub.faults().clear();
      fixture.fetch("main");
      checkNothingWrongIsVisible(commit);
      fixture.hub.forgetRequests();
    }
    assertThat(Files.readAllBytes(fixture.open(commit).folder().resolve("model.safetensors")))
        .isEqualTo(HubFixture.bytes(size, 2));
  }

  /** Goes back to the state before the new commit was fetched; the temporary files stay. */
  private void forget(HubFile weights, String commit, String old) throws IOException {
    Path repository = fixture.repositoryFolder();
    Files.deleteIfExists(repository.resolve("blobs").resolve(weights.etag()));
    Files.deleteIfExists(repository.resolve("snapshots/" + commit + "/model.safetensors"));
    Files.writeString(repository.resolve("refs/main"), old);
    for (String name : fixture.incomplete()) {
      Files.delete(fixture.cache.resolve(name));
    }
  }

  private static void awaitReady(Process process) throws IOException {
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
  }

  private void checkNothingWrongIsVisible(String commit) throws IOException {
    HubCache cache = new HubCache(fixture.cache);
    CacheCheck check = cache.verify(cache.list().get(0), DownloadListener.NONE);
    assertThat(check.problems()).isEmpty();
    assertThat(HubFixture.tree(fixture.repositoryFolder().resolve("snapshots").resolve(commit)))
        .allMatch(List.of("config.json", "model.safetensors")::contains);
  }

  @Test
  void fourProcessesFillOneCacheTogether() throws Exception {
    together(1, 4);
  }

  @Test
  @Tag("long")
  void fourProcessesFillOneCacheTogetherIn200Rounds() throws Exception {
    together(200, 4);
  }

  /**
   * Needs {@code -Dvlm4j.python=PROGRAM} with huggingface_hub. Neither side has locks: Java's
   * folder for them is a file, Python's are switched off.
   */
  @Test
  @Tag("long")
  void fourJavaAndTwoPythonProcessesFillOneCacheIn200RoundsWithoutLocks() throws Exception {
    PythonChild python = PythonChild.required();
    Files.createDirectories(fixture.cache);
    Files.createFile(fixture.cache.resolve(".locks"));
    for (int round = 0; round < Integer.getInteger("vlm4j.rounds", 200); round++) {
      String commit = fixture.repository().commit("main", HubFixture.files(round));
      List<Process> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(child(i));
      }
      for (int i = 4; i < 6; i++) {
        Path errors = temporary.resolve("child-" + i + ".err");
        all.add(python.fetch(fixture.hub.endpoint(), fixture.cache, errors, HubFixture.ID));
      }
      awaitAll(all);
      checkNothingWrongIsVisible(commit);
      fixture.hub.forgetRequests();
    }
  }

  private void together(int rounds, int processes) throws Exception {
    for (int round = 0; round < rounds; round++) {
      fixture.repository().commit("main", HubFixture.files(round));
      List<Process> all = new ArrayList<>();
      for (int i = 0; i < processes; i++) {
        all.add(child(i));
      }
      awaitAll(all);
      HubCache cache = new HubCache(fixture.cache);
      assertThat(cache.verify(cache.list().get(0), DownloadListener.NONE).problems()).isEmpty();
      assertThat(fixture.incomplete()).isEmpty();
    }
  }

  private void awaitAll(List<Process> all) throws Exception {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).getInputStream().readAllBytes();
      assertThat(all.get(i).waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(all.get(i).exitValue())
          .as(Files.readString(temporary.resolve("child-" + i + ".err")))
          .isZero();
    }
  }

  /** On some network file systems everybody gets the lock, on others nobody. */
  @Test
  void eightThreadsFillOneCacheWithoutLocks() throws Exception {
    Files.createDirectories(fixture.cache);
    Files.createFile(fixture.cache.resolve(".locks"));
    fixture.repository().commit("main", HubFixture.files(1));
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread = new Thread(() -> fixture.fetch("main"));
      thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    HubCache cache = new HubCache(fixture.cache);
    assertThat(cache.verify(cache.list().get(0), DownloadListener.NONE).problems()).isEmpty();
    assertThat(fixture.incomplete()).isEmpty();
  }
}
