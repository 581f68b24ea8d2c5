package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bundled pictures and the questions about them. */
final class DemoScenes {
  private static final String FOLDER = "/dev/vlm4j/zoo/demo/";
  private static final String INDEX = "demo.json";
  private static final JsonMapper MAPPER = new JsonMapper();

  private DemoScenes() {}

  /**
   * A picture and what to ask about it.
   *
   * @param picture name of the picture file
   * @param questions at least one
   */
  record Scene(String picture, List<String> questions) {
    /** Writes the picture into a folder and returns its path. */
    Path write(Path folder) {
      Path file = folder.resolve(picture);
      try {
        Files.write(file, resource(picture));
      } catch (IOException e) {
        throw OutputPlace.failure(file, e);
      }
      return file;
    }
  }

  /** Returns the bundled scenes: {@code [{"picture": "...", "questions": ["..."]}]}. */
  static List<Scene> all() {
    List<Scene> scenes = new ArrayList<>();
    try {
      for (JsonNode scene : MAPPER.readTree(resource(INDEX))) {
        List<String> questions = new ArrayList<>();
        scene.required("questions").forEach(question -> questions.add(question.textValue()));
        scenes.add(new Scene(scene.required("picture").textValue(), questions));
      }
    } catch (IOException e) {
      throw new VlmException(ErrorCode.IO_FAILURE, "the bundled " + INDEX + " is broken: " + e, e);
    }
    return scenes;
  }

  private static byte[] resource(String name) {
    try (InputStream stream = DemoScenes.class.getResourceAsStream(FOLDER + name)) {
      if (stream == null) {
        throw new VlmException(
            ErrorCode.FILE_MISSING, "this build has no demo file " + name + "; build vlm4j again");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new VlmException(ErrorCode.IO_FAILURE, "cannot read the demo file " + name, e);
    }
  }
}
