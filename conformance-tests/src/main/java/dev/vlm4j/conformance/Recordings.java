package dev.vlm4j.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** All recorded cases of one resource, by name. */
final class Recordings {
  private final Map<String, Recording> byName = new LinkedHashMap<>();

  private Recordings() {}

  /** Reads a resource of this package. */
  static Recordings of(String resource) {
    Recordings recordings = new Recordings();
    try (InputStream stream = Recordings.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the kit lacks its resource " + resource);
      }
      new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(recordings.new Reader()::line);
      return recordings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> names() {
    return byName.keySet();
  }

  Recording get(String name) {
    Recording recording = byName.get(name);
    if (recording == null) {
      throw new IllegalArgumentException("nothing is recorded for the case " + name);
    }
    return recording;
  }

  private final class Reader {
    private Recording recording = new Recording(new ArrayList<>(), new ArrayList<>());
    private Recording.Run run = new Recording.Run();

    void line(String line) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "case" -> start(words[1]);
        case "weight" -> recording.weights().add(GoldenTensor.weight(words));
        case "run" -> startRun();
        case "input" -> run.inputs().put(GoldenTensor.name(words), GoldenTensor.tensor(words));
        case "output" -> run.outputs().put(GoldenTensor.name(words), GoldenTensor.tensor(words));
        case "truncate" ->
            recording.steps().add(new Recording.Truncate(words[1], Integer.parseInt(words[2])));
        case "reorder" ->
            recording
                .steps()
                .add(
                    new Recording.Reorder(
                        Arrays.stream(words).skip(1).map(Integer::valueOf).toList()));
        default -> throw new IllegalArgumentException("unknown line of a recording: " + line);
      }
    }

    private void start(String name) {
      recording = new Recording(new ArrayList<>(), new ArrayList<>());
      if (byName.put(name, recording) != null) {
        throw new IllegalArgumentException("case " + name + " is recorded twice");
      }
    }

    private void startRun() {
      run = new Recording.Run();
      recording.steps().add(run);
    }
  }
}
