package dev.vlm4j.models.llava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vlm4j.graph.Value;
import dev.vlm4j.models.image.ImageProcessorConfig;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Maps the tensor names of LLaVA 1.5 7B, read from the folder in the system property {@code
 * vlm4j.hubMetadata}, and the same names in the layouts of later releases.
 */
class LlavaKeysTest {
  private static final Pattern ENTRY =
      Pattern.compile("\"([^\"]+)\"\\s*:\\s*\"[^\"]+safetensors\"");

  private final ModelAdapter adapter = new LlavaArchitecture().adapt(new SilentConfig());

  /** A checkpoint whose files say nothing: LLaVA 1.5 7B. */
  private static final class SilentConfig implements CheckpointConfig {
    @Override
    public String modelType() {
      return "llava";
    }

    @Override
    public <T> T model(Class<T> type) {
      return type.cast(new LlavaConfig(null, null, null, null, null, null, null, null, null));
    }

    @Override
    public <T> T generation(Class<T> type) {
      throw new IllegalStateException("LLaVA has no such settings");
    }

    @Override
    public <T> T processor(Class<T> type) {
      if (type == LlavaProcessorConfig.class) {
        return type.cast(new LlavaProcessorConfig(null, null, null, null));
      }
      return type.cast(
          new ImageProcessorConfig(
              "CLIPImageProcessor",
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null));
    }

    @Override
    public int tokenId(String token) {
      return 32000;
    }
  }

  private static Set<String> fileNames() throws IOException {
    String folder = System.getProperty("vlm4j.hubMetadata", "");
    assumeTrue(!folder.isEmpty(), "the system property vlm4j.hubMetadata names no folder");
    Path index = Path.of(folder, "llava-hf__llava-1.5-7b-hf", "model.safetensors.index.json");
    assumeTrue(Files.isRegularFile(index), "the folder of vlm4j.hubMetadata lacks " + index);
    return ENTRY
        .matcher(Files.readString(index))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void assertFits(UnaryOperator<String> layout) throws IOException {
    Set<String> held =
        fileNames().stream()
            .map(layout)
            .map(adapter.keys()::toGraph)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> wanted =
        adapter.stages(held).stream()
            .flatMap(graph -> graph.weights().stream())
            .map(Value::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(held).hasSizeGreaterThan(600).containsAll(wanted);
    assertThat(held)
        .filteredOn(name -> !wanted.contains(name))
        .allMatch(adapter.keys()::isIgnorable);
  }

  @Test
  void mapsEveryNameOfThePublishedCheckpoint() throws IOException {
    assertFits(name -> name);
  }

  @Test
  void mapsTheNamesOfLaterReleases() throws IOException {
    assertFits(
        name ->
            name.startsWith("language_model.lm_head.")
                ? name.substring("language_model.".length())
                : "model." + name.replaceFirst("^language_model\\.model\\.", "language_model."));
  }

  @Test
  void mapsTheNamesWithoutTheTowersInnerScope() throws IOException {
    assertFits(name -> name.replaceFirst("^vision_tower\\.vision_model\\.", "vision_tower."));
  }
}
