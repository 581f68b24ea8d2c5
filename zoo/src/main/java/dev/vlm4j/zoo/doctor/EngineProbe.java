package dev.vlm4j.zoo.doctor;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.NamedServices;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Examines one engine in a virtual machine of its own, so that a native library that crashes it
 * takes nothing else with it. Says on its standard output that it runs, then what it found.
 */
final class EngineProbe {
  static final String STARTED = "vlm4j-probe-started";
  private static final String FINDING = "vlm4j-probe-finding ";

  /** Only ASCII comes through every console. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private EngineProbe() {}

  /** Takes the name of the engine. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(STARTED);
    System.out.flush();
    for (BackendProvider provider :
        NamedServices.load(BackendProvider.class, p -> List.of(p.name())).all()) {
      if (provider.name().equals(arguments[0])) {
        System.out.println(line(EngineExam.finding(provider)));
      }
    }
    System.out.flush();
    // What libraries do when a program ends does not matter here.
    Runtime.getRuntime().halt(0);
  }

  private static String line(Finding finding) throws IOException {
    return FINDING
        + JSON.writeValueAsString(
            List.of(finding.health().name(), finding.found(), finding.advice()));
  }

  /** Returns whether the program got as far as loading the engine. */
  static boolean isStarted(List<String> output) {
    return output.contains(STARTED);
  }

  /** Returns what the program found; empty if it did not get that far. */
  static Optional<Finding> finding(String name, List<String> output) throws IOException {
    for (String line : output) {
      if (line.startsWith(FINDING)) {
        String[] fields = JSON.readValue(line.substring(FINDING.length()), String[].class);
        return Optional.of(new Finding(name, Health.valueOf(fields[0]), fields[1], fields[2]));
      }
    }
    return Optional.empty();
  }
}
