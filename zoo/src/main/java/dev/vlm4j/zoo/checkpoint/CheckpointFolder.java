package dev.vlm4j.zoo.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.hub.CheckpointFiles;
import dev.vlm4j.zoo.hub.SharedBlobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder in Hub layout. Links may lead inside the folder, or from a Hub cache's snapshot into the
 * blobs beside it; other links are refused.
 */
public final class CheckpointFolder {
  private static final String CONFIG = "config.json";
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  private final Path folder;
  private final Path root;

  private CheckpointFolder(Path folder, Path root) {
    this.folder = folder;
    this.root = root;
  }

  /**
   * Opens a folder.
   *
   * @throws VlmException {@code MODEL_NOT_FOUND} if it does not exist, {@code FILE_MISSING} if it
   *     has no {@code config.json}
   */
  public static CheckpointFolder open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new VlmException(
          ErrorCode.MODEL_NOT_FOUND,
          "there is no folder "
              + folder
              + ": give a folder in Hub layout, a Hub identifier such as org/name, or 'builtin'");
    }
    try {
      CheckpointFolder checkpoint = new CheckpointFolder(folder, rootOf(folder.toRealPath()));
      checkpoint.require(CONFIG, "it is no checkpoint in Hub layout");
      return checkpoint;
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "cannot read the folder "
              + folder
              + ": "
              + e
              + "; check that it is there and may be read",
          e);
    }
  }

  /** Real files of a snapshot lie in {@code blobs} beside {@code snapshots}. */
  private static Path rootOf(Path real) {
    Path snapshots = real.getParent();
    if (snapshots == null || !snapshots.endsWith("snapshots")) {
      return real;
    }
    Path model = snapshots.getParent();
    return model != null && Files.isDirectory(model.resolve("blobs")) ? model : real;
  }

  /** Newer Python clients keep contents that repositories share beside the repositories. */
  private boolean isShared(Path real) throws IOException {
    Path cache = root.getParent();
    return commit().isPresent() && cache != null && SharedBlobs.contains(cache, real);
  }

  /** Returns the commit if the folder is a snapshot in a Hub cache. */
  public Optional<String> commit() {
    String name = String.valueOf(folder.getFileName());
    boolean snapshot = folder.getParent() != null && folder.getParent().endsWith("snapshots");
    return snapshot && COMMIT.matcher(name).matches() ? Optional.of(name) : Optional.empty();
  }

  /** Returns the folder as it was given. */
  public Path path() {
    return folder;
  }

  /** Returns {@code config.json}. */
  public ObjectNode config() {
    return JsonFiles.object(require(CONFIG, ""));
  }

  /** Returns a file, links resolved; empty if there is none. */
  public Optional<Path> find(String name) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Path real = file.toRealPath();
      if (!real.startsWith(root) && !isShared(real)) {
        throw new VlmException(
            ErrorCode.FILE_MISSING,
            name
                + " of "
                + folder
                + " is a link that leads out of the model: put the file itself there");
      }
      return Optional.of(real);
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "cannot read " + file + ": " + e + "; check that it is there and may be read",
          e);
    }
  }

  /** Returns the bytes of a file; 0 if there is none. */
  public long size(String name) {
    try {
      Optional<Path> file = find(name);
      return file.isPresent() ? Files.size(file.get()) : 0;
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "cannot read "
              + folder.resolve(name)
              + ": "
              + e
              + "; check that it is there and may be read",
          e);
    }
  }

  /** Returns a JSON object file; empty if there is none. */
  public Optional<ObjectNode> json(String name) {
    return find(name).map(JsonFiles::object);
  }

  /**
   * Returns a file that must exist.
   *
   * @param consequence added to the message
   * @throws VlmException {@code FILE_MISSING}
   */
  public Path require(String name, String consequence) {
    return find(name)
        .orElseThrow(
            () ->
                new VlmException(
                    ErrorCode.FILE_MISSING,
                    "the folder "
                        + folder
                        + " has no "
                        + name
                        + (consequence.isEmpty() ? "" : ": " + consequence)));
  }

  /** Returns the names of all files of the folder and of the further chat templates, sorted. */
  public List<String> names() {
    return Stream.concat(list("").stream(), namedTemplates().stream()).sorted().toList();
  }

  /** Returns the names of all further chat templates, with their folder, sorted. */
  public List<String> namedTemplates() {
    String templates = CheckpointFiles.NAMED_TEMPLATES;
    if (!Files.isDirectory(folder.resolve(templates))) {
      return List.of();
    }
    return list(templates).stream()
        .filter(name -> name.endsWith(".jinja"))
        .map(name -> templates + "/" + name)
        .toList();
  }

  private List<String> list(String below) {
    Path listed = folder.resolve(below);
    try (Stream<Path> files = Files.list(listed)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "cannot list " + listed + ": " + e + "; check that it is there and may be read",
          e);
    }
  }
}
