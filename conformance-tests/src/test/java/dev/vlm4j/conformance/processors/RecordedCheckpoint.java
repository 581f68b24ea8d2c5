package dev.vlm4j.conformance.processors;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vlm4j.api.ImageBackend;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One file that {@code processor_goldens.py} wrote.
 *
 * @param checkpoint identifier on the Hub
 * @param settings where the settings come from
 * @param files files of the checkpoint's folder, by the place of their source
 * @param written files that no copy of was found, with their text
 * @param imageBackend which image processors were used; null for the reference's own choice
 * @param keepTokens how many added tokens of the tokenizer are kept; null for all
 * @param tokens added tokens put behind the tokenizer's
 */
record RecordedCheckpoint(
    String checkpoint,
    String settings,
    Map<String, String> files,
    Map<String, String> written,
    @Nullable String imageBackend,
    @Nullable Integer keepTokens,
    @Nullable List<String> tokens,
    List<RecordedCase> cases) {
  private static final String INDEX = "index.txt";
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Returns all recorded checkpoints, in the order of their file names. */
  static List<RecordedCheckpoint> all() {
    try (InputStream in = resource(INDEX)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(RecordedCheckpoint::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the recordings in a folder, in the order of their file names. */
  static List<RecordedCheckpoint> in(Path folder) {
    try {
      return Files.readAllLines(folder.resolve(INDEX)).stream()
          .map(file -> read(folder.resolve(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RecordedCheckpoint read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return MAPPER.readValue(in, RecordedCheckpoint.class);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private static RecordedCheckpoint read(String file) {
    try (InputStream in = resource(file)) {
      return MAPPER.readValue(in, RecordedCheckpoint.class);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  ImageBackend backend() {
    return imageBackend == null ? ImageBackend.TORCHVISION : ImageBackend.ofLabel(imageBackend);
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(RecordedCheckpoint.class.getResourceAsStream(name), name);
  }
}
