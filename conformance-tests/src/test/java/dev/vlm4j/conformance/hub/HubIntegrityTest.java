package dev.vlm4j.conformance.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P1: a file in the cache is complete and right. P12: all of them are of one commit. */
class HubIntegrityTest {
  private static final int LARGE = 100_000;

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
  void keepsNoWrongByteOf200ScriptedDownloads() throws IOException {
    downloads(200);
  }

  @Test
  @Tag("long")
  void keepsNoWrongByteOf10000ScriptedDownloads() throws IOException {
    downloads(10_000);
  }

  private void downloads(int count) throws IOException {
    Random random = new Random(1);
    List<HubFile> files =
        List.of(
            HubFile.small("config.json", HubFixture.bytes(5_000, 1)),
            HubFile.large("model.safetensors", Content.of(HubFixture.bytes(LARGE, 2))));
    fixture.repository().commit("main", files);
    int refused = 0;
    for (int i = 0; i < count; i++) {
      fixture.hub.faults().clear();
      HubFile target = files.get(random.nextInt(2));
      String part = target.large() ? target.etag() : "/resolve/";
      int times = 1 + random.nextInt(3);
      fixture
          .hub
          .faults()
          .next(
              times,
              r -> r.target().contains(part) && r.storage() == target.large(),
              fault(random));
      refused += isRefused() ? 1 : 0;
      checkBlobs(files);
      for (HubFile file : files) {
        Files.deleteIfExists(fixture.repositoryFolder().resolve("blobs").resolve(file.etag()));
      }
      fixture.hub.forgetRequests();
    }
    assertThat(refused).isPositive().isLessThan(count);
    assertThat(fixture.incomplete()).isEmpty();
  }

  private static Fault fault(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> Fault.flipByte();
      case 1 -> Fault.shorten(1 + random.nextInt(100));
      case 2 -> Fault.lengthen(1 + random.nextInt(100));
      case 3 -> Fault.answer(Reply.html(200, "<html>log in</html>"));
      default -> Fault.resetAfter(random.nextInt(LARGE));
    };
  }

  private boolean isRefused() {
    try {
      fixture.fetch("main");
      return false;
    } catch (VlmException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.DOWNLOAD_CORRUPT);
      return true;
    }
  }

  /** Whatever is visible is right. */
  private void checkBlobs(List<HubFile> files) throws IOException {
    for (HubFile file : files) {
      Path blob = fixture.repositoryFolder().resolve("blobs").resolve(file.etag());
      if (Files.exists(blob)) {
        byte[] bytes = Files.readAllBytes(blob);
        HubFile stored =
            file.large() ? HubFile.large("x", Content.of(bytes)) : HubFile.small("x", bytes);
        assertThat(stored.etag()).isEqualTo(file.etag());
      }
    }
  }

  @Test
  void fetchesADamagedFileAgain() throws IOException {
    List<HubFile> files = HubFixture.files(1);
    fixture.repository().commit("main", files);
    fixture.fetch("main");
    Path blob = fixture.repositoryFolder().resolve("blobs").resolve(files.get(1).etag());
    byte[] bytes = Files.readAllBytes(blob);
    bytes[7] ^= 1;
    Files.write(blob, bytes);
    fixture.fetch("main");
    bytes[7] ^= 1;
    assertThat(blob).hasBinaryContent(bytes);
  }

  @Test
  void saysWhatIsDamagedWhenItMayNotFetch() throws IOException {
    List<HubFile> files = HubFixture.files(1);
    fixture.repository().commit("main", files);
    fixture.fetch("main");
    Files.write(
        fixture.repositoryFolder().resolve("blobs").resolve(files.get(1).etag()),
        HubFixture.bytes(300_000, 9));
    fixture.settings = fixture.settings.withOffline(true);
    assertThatThrownBy(() -> fixture.fetch("main")).hasMessageContaining("model.safetensors");
  }

  @Test
  void takesAllFilesFromOneCommitWhenTheBranchMoves() throws IOException {
    moves(25);
  }

  @Test
  @Tag("long")
  void takesAllFilesFromOneCommitWhenTheBranchMoves100Times() throws IOException {
    moves(100);
  }

  private void moves(int count) throws IOException {
    for (int round = 0; round < count; round++) {
      String commit = fixture.repository().commit("main", HubFixture.files(2 * round));
      dev.vlm4j.zoo.hub.HubSnapshot snapshot = fixture.open("main");
      fixture.repository().commit("main", HubFixture.files(2 * round + 1));
      snapshot.fetch(snapshot.names());
      assertThat(snapshot.commit()).isEqualTo(commit);
      assertThat(snapshot.folder().resolve("config.json"))
          .hasContent("{\"model_type\": \"llava\", \"seed\": " + 2 * round + "}");
      assertThat(snapshot.folder().resolve("model.safetensors"))
          .hasBinaryContent(HubFixture.bytes(300_000, 2L * round));
    }
  }

  @Test
  void refusesAFileOfAnotherCommit() {
    fixture.repository().commit("main", HubFixture.files(1));
    fixture
        .hub
        .faults()
        .always(
            FaultScript.target("/resolve/"),
            Fault.change((request, reply) -> reply.with("X-Repo-Commit", "f".repeat(40))));
    assertThatThrownBy(() -> fixture.fetch("main")).hasMessageContaining("another commit");
  }
}
