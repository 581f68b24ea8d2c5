package dev.vlm4j.conformance.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.hub.DownloadListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P9: a full disk and a read-only cache are clean. */
class HubDiskTest {
  private static final int MODEL = 24_000_000;

  @TempDir Path temporary;

  private static void serve(HubFixture fixture) {
    HubFile weights = HubFile.large("model.safetensors", Content.of(HubFixture.bytes(MODEL, 1)));
    fixture.repository().commit("main", List.of(HubFile.text("config.json", "{}"), weights));
  }

  @Test
  void refusesBeforeItStartsWhenThereIsNoRoom() throws Exception {
    try (SmallVolume volume = SmallVolume.mount(temporary, "16m");
        HubFixture fixture = new HubFixture(volume.folder())) {
      serve(fixture);
      assertFull(fixture, DownloadListener.NONE);
      assertThat(fixture.hub.requests()).noneMatch(RecordedRequest::storage);
    }
  }

  @Test
  void leavesNothingWhenTheDiskRunsFullAndGoesOnWhenThereIsRoom() throws Exception {
    try (SmallVolume volume = SmallVolume.mount(temporary, "32m");
        HubFixture fixture = new HubFixture(volume.folder())) {
      serve(fixture);
      Path filler = volume.folder().resolve("filler");
      assertFull(fixture, fillsTheDisk(filler));
      assertThat(fixture.incomplete()).isEmpty();
      Files.delete(filler);
      fixture.fetch("main");
    }
  }

  /** Somebody else takes the room after the check, when the download has begun. */
  private static DownloadListener fillsTheDisk(Path filler) {
    return new DownloadListener() {
      @Override
      public void onStart(int files, long bytes) {
        try {
          Files.write(filler, new byte[20_000_000]);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private static void assertFull(HubFixture fixture, DownloadListener listener) {
    assertThatThrownBy(() -> fixture.fetch("main", listener))
        .isInstanceOfSatisfying(
            VlmException.class,
            e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.DISK_FULL))
        .hasMessageMatching(".*has [0-9.]+ MB free, [0-9.]+ MB are needed.*");
  }

  @Test
  void keepsTheOldReferenceWhenThereIsNoRoomForANewOne() throws Exception {
    try (SmallVolume volume = SmallVolume.mount(temporary, "4m");
        HubFixture fixture = new HubFixture(volume.folder())) {
      String commit = fixture.repository().commit("main", HubFixture.files(1));
      dev.vlm4j.zoo.hub.HubSnapshot old = fixture.fetch("main");
      fixture.repository().commit("main", HubFixture.files(1));
      dev.vlm4j.zoo.hub.HubSnapshot snapshot = fixture.open("main");
      fill(volume.folder().resolve("filler"));
      snapshot.remember();
      assertThat(fixture.repositoryFolder().resolve("refs/main")).hasContent(commit);
      assertThat(old.folder().resolve("config.json")).exists();
    }
  }

  private static void fill(Path filler) throws IOException {
    try (java.io.OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(full).isNotNull();
    }
  }

  @Test
  void usesAReadOnlyCache() throws Exception {
    try (SmallVolume volume = SmallVolume.mount(temporary, "64m");
        HubFixture fixture = new HubFixture(volume.folder())) {
      String commit = fixture.repository().commit("main", HubFixture.files(1));
      fixture.fetch("main");
      fixture.repository().commit("main", List.of(HubFile.text("config.json", "{ }")));
      volume.makeReadOnly();
      fixture.fetch(commit);
      assertThatThrownBy(() -> fixture.fetch("main"))
          .isInstanceOfSatisfying(
              VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_FAILURE))
          .hasMessageContaining("cannot be written");
      fixture.repository().point("main", commit);
      fixture.fetch("main");
      fixture.settings = fixture.settings.withOffline(true);
      fixture.fetch("main");
    }
  }
}
