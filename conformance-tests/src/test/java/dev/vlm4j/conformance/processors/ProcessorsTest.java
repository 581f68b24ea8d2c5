package dev.vlm4j.conformance.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vlm4j.api.Image;
import dev.vlm4j.api.ImageBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every target checkpoint's model sees, compared with what the reference's processors 5.23
 * gave, and then the table in {@code docs/processors.md}, which must show what just happened. The
 * real settings and pictures are read from the folders of the system properties {@code
 * vlm4j.hubMetadata} and {@code vlm4j.sharedImages}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessorsTest {
  private static final Path PAGE = Path.of("..", "docs", "processors.md");
  private static final Pattern DRAWN = Pattern.compile("drawn (\\d+)x(\\d+)");

  private final Map<String, Image> drawn = new HashMap<>();
  private final ProcessorTable table = new ProcessorTable();

  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> theModelSeesWhatTheReferenceGivesIt() {
    List<DynamicTest> tests = new ArrayList<>();
    for (RecordedCheckpoint checkpoint : RecordedCheckpoint.all()) {
      tests.add(DynamicTest.dynamicTest(checkpoint.checkpoint(), () -> compare(checkpoint)));
    }
    tests.add(DynamicTest.dynamicTest("docs/processors.md shows these results", this::comparePage));
    return tests.stream();
  }

  /**
   * Recordings that are not part of the repository, in the folder of the system property {@code
   * vlm4j.moreProcessors}: for many pictures of random sizes.
   */
  @TestFactory
  Stream<DynamicTest> theSameHoldsForFurtherRecordings() {
    String more = folder("vlm4j.moreProcessors");
    List<RecordedCheckpoint> all =
        more.isEmpty() ? List.of() : RecordedCheckpoint.in(Path.of(more));
    return all.stream()
        .map(
            checkpoint ->
                DynamicTest.dynamicTest(
                    checkpoint.checkpoint(), () -> assertEqual(checkpoint, results(checkpoint))));
  }

  private void compare(RecordedCheckpoint checkpoint) throws IOException {
    List<CaseComparison> results = results(checkpoint);
    table.add(checkpoint, results);
    assertEqual(checkpoint, results);
  }

  private static void assertEqual(RecordedCheckpoint checkpoint, List<CaseComparison> results) {
    assertThat(results.stream().flatMap(result -> result.problems().stream()).toList())
        .as("%s", checkpoint.checkpoint())
        .isEmpty();
  }

  private List<CaseComparison> results(RecordedCheckpoint checkpoint) throws IOException {
    Path metadata = existing("vlm4j.hubMetadata");
    Path pictures = existing("vlm4j.sharedImages");
    Path folder = Files.createTempDirectory(temporary, "checkpoint");
    CheckpointCopy.write(checkpoint, metadata, folder);
    List<CaseComparison> results = new ArrayList<>();
    try (OpenProcessor processor = OpenProcessor.of(folder, checkpoint.backend())) {
      for (RecordedCase recorded : checkpoint.cases()) {
        results.add(
            new CaseComparison(recorded)
                .run(
                    () -> forCase(recorded, folder, processor, checkpoint.backend()),
                    name -> picture(name, pictures)));
      }
    }
    return results;
  }

  private static OpenProcessor forCase(
      RecordedCase recorded, Path folder, OpenProcessor unchanged, ImageBackend backend) {
    return recorded.written() == null
        ? unchanged
        : unchanged.changed(CheckpointCopy.changed(folder, recorded.written()), backend);
  }

  private static String folder(String property) {
    return System.getProperty(property, "");
  }

  private static Path existing(String property) {
    assumeTrue(!folder(property).isEmpty(), "the system property " + property + " names no folder");
    return Path.of(folder(property));
  }

  private Image picture(String name, Path pictures) {
    Matcher size = DRAWN.matcher(name);
    return size.matches()
        ? drawn.computeIfAbsent(
            name,
            key ->
                Image.of(
                    DrawnPicture.of(
                        Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)))))
        : Image.of(pictures.resolve(name));
  }

  private void comparePage() throws IOException {
    assumeTrue(
        table.size() == RecordedCheckpoint.all().size(), "not all checkpoints were compared");
    if (Boolean.getBoolean("vlm4j.updateDocs")) {
      Files.writeString(PAGE, table.replaceIn(Files.readString(PAGE)));
    }
    assertThat(PAGE)
        .as("run with -Dvlm4j.updateDocs=true to write it again")
        .content()
        .isEqualTo(table.replaceIn(Files.readString(PAGE)));
  }
}
