package dev.vlm4j.zoo.tokenizer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vlm4j.zoo.checkpoint.HubFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Tokenizers of real models, from the folder of the system property {@code vlm4j.hubMetadata}. */
final class RealTokenizer {
  private RealTokenizer() {}

  /** Opens a file of that folder, packed or not; skips the test if it is not there. */
  static PromptTokenizer open(String path, Path temporary) throws IOException {
    String shared = System.getProperty("vlm4j.hubMetadata", "");
    assumeTrue(!shared.isEmpty(), "the system property vlm4j.hubMetadata names no folder");
    Path file = Path.of(shared).resolve(path);
    assumeTrue(Files.isRegularFile(file), "the folder of vlm4j.hubMetadata lacks " + path);
    try (InputStream in = Files.newInputStream(file)) {
      InputStream plain = path.endsWith(".gz") ? new GZIPInputStream(in) : in;
      HubFolder folder = HubFolder.in(temporary.resolve(path.replace('/', '_')));
      return new PromptTokenizer(
          folder.with("tokenizer.json", plain.readAllBytes()).open(), List.of());
    }
  }
}
