package dev.vlm4j.zoo.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkSupportTest {
  private static final URI ENDPOINT = URI.create("https://mirror.example");

  @TempDir Path temporary;
  private final List<String> notices = new ArrayList<>();

  private LinkSupport links(HubSettings settings) {
    DownloadListener listener =
        new DownloadListener() {
          @Override
          public void onNotice(String text) {
            notices.add(text);
          }
        };
    return new LinkSupport(settings, new DownloadControl(listener, Subject.NONE));
  }

  private static List<Path> contents(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void findsLinksWhereTheyWorkAndLeavesNothingBehind() throws IOException {
    Path cache = temporary.resolve("hub");
    assertThat(links(HubSettings.of(ENDPOINT, cache)).isSupported()).isTrue();
    assertThat(notices).isEmpty();
    assertThat(contents(cache)).isEmpty();
  }

  @Test
  void saysOnceThatAFileSystemHasNone() throws IOException {
    try (FileSystem withoutLinks =
        FileSystems.newFileSystem(temporary.resolve("files.zip"), Map.of("create", "true"))) {
      Path cache = withoutLinks.getPath("/hub");
      LinkSupport links = links(HubSettings.of(ENDPOINT, cache));
      assertThat(links.isSupported()).isFalse();
      assertThat(links.isSupported()).isFalse();
      assertThat(notices).singleElement().asString().contains("symbolic links do not work in /hub");
      assertThat(contents(cache)).isEmpty();
    }
  }

  @Test
  void aCacheThatCannotBeWrittenIsAnErrorAndNoAnswer() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    LinkSupport links = links(HubSettings.of(ENDPOINT, file.resolve("hub")));
    assertThatThrownBy(links::isSupported).isInstanceOf(IOException.class);
  }
}
