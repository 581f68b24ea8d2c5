package dev.vlm4j.zoo.cli;

import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes what a model sees into a folder, one PNG file per view. */
final class PngFiles {
  private PngFiles() {}

  /**
   * Writes all views; the folder is made if it is not there.
   *
   * @throws VlmException {@code IO_FAILURE} if that fails
   */
  static List<Path> write(Path folder, List<SeenPictures.View> views) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw OutputPlace.failure(folder, e);
    }
    List<Path> files = new ArrayList<>();
    for (SeenPictures.View view : views) {
      Path file = folder.resolve(view.name() + ".png");
      PngOutput.write(view.pixels(), file);
      files.add(file);
    }
    return files;
  }
}
