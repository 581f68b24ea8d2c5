package dev.vlm4j.conformance.processors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Puts the folder of a checkpoint together, as {@code assemble} in {@code processor_goldens.py}.
 */
final class CheckpointCopy {
  private static final String TOKENIZER = "tokenizer.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private CheckpointCopy() {}

  static void write(RecordedCheckpoint checkpoint, Path metadata, Path folder) throws IOException {
    for (Map.Entry<String, String> file : checkpoint.files().entrySet()) {
      Path source = metadata.resolve(file.getValue());
      try (InputStream in = Files.newInputStream(source)) {
        boolean packed = file.getValue().endsWith(".gz");
        Files.copy(packed ? new GZIPInputStream(in) : in, folder.resolve(file.getKey()));
      }
    }
    for (Map.Entry<String, String> file : checkpoint.written().entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    if (checkpoint.keepTokens() != null && checkpoint.tokens() != null) {
      editTokens(folder.resolve(TOKENIZER), checkpoint.keepTokens(), checkpoint.tokens());
    }
  }

  /** Returns a copy of a folder, in which some files are others. */
  static Path changed(Path folder, Map<String, String> written) {
    try {
      Path copy = Files.createTempDirectory(folder.getParent(), "changed");
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
      for (Map.Entry<String, String> file : written.entrySet()) {
        Files.writeString(copy.resolve(file.getKey()), file.getValue());
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void editTokens(Path file, int keep, List<String> tokens) throws IOException {
    ObjectNode tokenizer = (ObjectNode) JSON.readTree(file.toFile());
    ArrayNode kept = JSON.createArrayNode();
    int last = 0;
    for (JsonNode id : tokenizer.path("model").path("vocab")) {
      last = Math.max(last, id.asInt());
    }
    for (int i = 0; i < keep; i++) {
      JsonNode token = tokenizer.path("added_tokens").path(i);
      last = Math.max(last, token.path("id").asInt());
      kept.add(token);
    }
    for (String token : tokens) {
      kept.addObject().put("id", ++last).put("content", token).put("special", true);
    }
    tokenizer.set("added_tokens", kept);
    JSON.writeValue(file.toFile(), tokenizer);
  }
}
