package dev.vlm4j.zoo.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifiedFilesTest {
  private static final String ETAG = "a".repeat(40);

  @TempDir Path folder;

  private VerifiedFiles files() {
    return new VerifiedFiles(new CacheLayout(folder.resolve("hub"), new RepositoryId("org/tiny")));
  }

  @Test
  void aFileIsRememberedUntilItChanges() throws IOException {
    Path content = Files.writeString(folder.resolve("content"), "x");
    files().add(content, ETAG);
    assertThat(files().contains(content, ETAG)).isTrue();
    assertThat(files().contains(content, "b".repeat(40))).isFalse();
    Files.writeString(content, "longer");
    assertThat(files().contains(content, ETAG)).isFalse();
  }

  /** What is lost is hashed again: it must not keep a model from loading. */
  @Test
  void aDamagedMemoryIsEmptyAndWrittenAnew() throws IOException {
    Path content = Files.writeString(folder.resolve("content"), "x");
    Path memory = folder.resolve("hub-vlm4j/verified/models--org--tiny.txt");
    Files.createDirectories(memory.getParent());
    Files.write(memory, new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
    assertThat(files().contains(content, ETAG)).isFalse();
    files().add(content, ETAG);
    assertThat(files().contains(content, ETAG)).isTrue();
  }
}
