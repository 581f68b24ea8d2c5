package dev.vlm4j.zoo.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The listing of a commit in the cache, byte for byte as the official client writes it. Source: <a
 * href="https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/_tree_cache.py">its
 * tree cache</a>.
 */
final class TreeFile {
  private static final int VERSION = 1;
  private static final int LARGEST = 64 << 20;

  private TreeFile() {}

  /** Returns the listing; empty if there is none, or none that can be trusted. */
  static Optional<List<RemoteFile>> read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        return Optional.empty();
      }
      return files(HubJson.read(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      System.getLogger(TreeFile.class.getName())
          .log(System.Logger.Level.WARNING, "ignoring the unreadable listing " + file);
      return Optional.empty();
    }
  }

  private static Optional<List<RemoteFile>> files(JsonNode root) {
    if (root.path("format_version").asInt() != VERSION || !root.path("files").isObject()) {
      return Optional.empty();
    }
    List<RemoteFile> files = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : root.path("files").properties()) {
      JsonNode file = entry.getValue();
      Optional<RemoteFile> read =
          RemoteFile.of(
              entry.getKey(),
              file.path("lfs_size").isIntegralNumber() ? file.path("lfs_size") : file.path("size"),
              file.path("blob_id").asText(""),
              file.path("lfs_sha256").isTextual() ? file.path("lfs_sha256").asText() : null,
              file.path("xet_hash").asText(""));
      if (read.isEmpty() || RepositoryPath.escapes(entry.getKey())) {
        return Optional.empty();
      }
      files.add(read.get());
    }
    return Optional.of(files);
  }

  static void write(Path file, List<RemoteFile> files) throws IOException {
    String entries =
        files.stream()
            .sorted(Comparator.comparing(RemoteFile::path, TreeFile::byCodePoint))
            .map(TreeFile::entry)
            .collect(Collectors.joining(",\n"));
    String map = entries.isEmpty() ? "{}" : "{\n" + entries + "\n }";
    String text = "{\n \"format_version\": " + VERSION + ",\n \"files\": " + map + "\n}";
    AtomicFile.write(file, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String entry(RemoteFile file) {
    StringBuilder fields = new StringBuilder();
    fields.append("   \"size\": ").append(file.size());
    fields.append(",\n   \"blob_id\": ").append(quoted(file.blobId()));
    if (file.sha256() != null) {
      fields.append(",\n   \"lfs_sha256\": ").append(quoted(file.sha256()));
      fields.append(",\n   \"lfs_size\": ").append(file.size());
    }
    if (file.xetHash() != null) {
      fields.append(",\n   \"xet_hash\": ").append(quoted(file.xetHash()));
    }
    return "  " + quoted(file.path()) + ": {\n" + fields + "\n  }";
  }

  /** Python compares texts by code points, Java by UTF-16 units. */
  private static int byCodePoint(String a, String b) {
    return java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default ->
            out.append(c < ' ' || c > '~' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : c);
      }
    }
    return out.append('"').toString();
  }
}
