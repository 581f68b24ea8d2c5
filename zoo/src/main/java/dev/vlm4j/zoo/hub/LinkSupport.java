package dev.vlm4j.zoo.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out, once per cache folder, whether symbolic links work there. Thread-safe. */
final class LinkSupport {
  private final HubSettings settings;
  private final DownloadControl control;
  private boolean probed;
  private boolean supported;

  LinkSupport(HubSettings settings, DownloadControl control) {
    this.settings = settings;
    this.control = control;
  }

  synchronized boolean isSupported() throws IOException {
    if (!probed) {
      supported = settings.links() && probe(settings.cache());
      probed = true;
      if (!supported && settings.links() && settings.linkWarning()) {
        control.notice(
            "symbolic links do not work in "
                + settings.cache()
                + ": files that revisions share are stored several times");
      }
    }
    return supported;
  }

  private static boolean probe(Path cache) throws IOException {
    Files.createDirectories(cache);
    Path folder = Files.createTempDirectory(cache, "tmp");
    Path target = folder.resolve("target");
    Path link = folder.resolve("link");
    try {
      Files.createFile(target);
      return canLink(link, target.getFileName());
    } finally {
      Files.deleteIfExists(link);
      Files.deleteIfExists(target);
      Files.deleteIfExists(folder);
    }
  }

  private static boolean canLink(Path link, Path target) {
    try {
      Files.createSymbolicLink(link, target);
      return true;
    } catch (UnsupportedOperationException | IOException e) {
      System.getLogger(LinkSupport.class.getName())
          .log(System.Logger.Level.DEBUG, "no symbolic links", e);
      return false;
    }
  }
}
