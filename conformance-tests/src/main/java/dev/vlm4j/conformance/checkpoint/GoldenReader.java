package dev.vlm4j.conformance.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.vlm4j.api.Content;
import dev.vlm4j.api.FinishReason;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Role;
import dev.vlm4j.spi.StorageType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code cases.txt}: one fact a line, a word and its value. */
final class GoldenReader {
  private final GoldenFiles files;
  private final String name;
  private final float[] data;
  private final Map<String, String> header = new HashMap<>();
  private final List<String> absent = new ArrayList<>();
  private final Map<String, float[]> pixels = new HashMap<>();
  private final List<GoldenCase> cases = new ArrayList<>();

  private @Nullable String caseName;
  private final Map<String, String> facts = new HashMap<>();
  private final List<Message> messages = new ArrayList<>();
  private final List<float[]> pictures = new ArrayList<>();
  private final List<String> pictureNames = new ArrayList<>();
  private final Map<String, float[]> results = new HashMap<>();
  private final Map<String, List<Integer>> integers = new HashMap<>();

  private GoldenReader(GoldenFiles files, String name) throws IOException {
    this.files = files;
    this.name = name;
    this.data =
        Files.exists(files.tensors(name))
            ? floats(Files.readAllBytes(files.tensors(name)))
            : new float[0];
  }

  static GoldenCheckpoint read(GoldenFiles files, String name) {
    try {
      GoldenReader reader = new GoldenReader(files, name);
      Files.readAllLines(files.cases(name)).forEach(reader::line);
      return reader.checkpoint();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private GoldenCheckpoint checkpoint() {
    finishCase();
    String borrowed = header.get("cases");
    return new GoldenCheckpoint(
        name,
        header.getOrDefault("about", name),
        Optional.ofNullable(header.get("base")),
        new GoldenCheckpoint.Rewrite(
            header.getOrDefault("layout", "saved"),
            StorageType.valueOf(header.getOrDefault("store", "F32")),
            Integer.parseInt(header.getOrDefault("shards", "1"))),
        absent,
        borrowed == null ? cases : read(files, borrowed).cases());
  }

  private void line(String line) {
    int space = line.indexOf(' ');
    String word = line.substring(0, space);
    String value = line.substring(space + 1);
    switch (word) {
      case "#" -> {}
      case "absent" -> absent.add(value);
      case "pixels" -> pixels.put(named(value), tensor(place(value)));
      case "result" -> results.put(named(value), tensor(place(value)));
      case "integers" -> integers.put(before(value), ids(afterSpace(value)));
      case "case" -> startCase(value);
      case "message" ->
          messages.add(
              new Message(Role.valueOf(value.toUpperCase(Locale.ROOT)), List.<Content>of()));
      case "text" -> addPart(new Content.Text(unescape(value)));
      case "picture" -> {
        addPart(GoldenPicture.read(value, picture -> files.picture(name, picture)));
        pictureNames.add(value);
      }
      case "features" -> results.put("image_features", tensor(value));
      default -> (caseName == null ? header : facts).put(word, value);
    }
  }

  private void addPart(Content part) {
    int last = messages.size() - 1;
    List<Content> parts = new ArrayList<>(messages.get(last).content());
    parts.add(part);
    messages.set(last, new Message(messages.get(last).role(), parts));
  }

  private void startCase(String value) {
    finishCase();
    caseName = value;
    facts.clear();
    messages.clear();
    pictures.clear();
    pictureNames.clear();
    results.clear();
    integers.clear();
  }

  private void finishCase() {
    if (caseName == null) {
      return;
    }
    pictureNames.forEach(picture -> pictures.add(requireNonNull(pixels.get(picture))));
    cases.add(
        new GoldenCase(
            caseName,
            new Prompt(messages),
            unescape(fact("prompt")),
            ids(fact("prompt_ids")),
            Integer.parseInt(fact("image_tokens")),
            joined(pictures),
            Map.copyOf(results),
            Map.copyOf(integers),
            tensor(fact("logits")),
            ids(fact("answer_ids")),
            unescape(fact("answer")),
            FinishReason.valueOf(fact("finish").toUpperCase(Locale.ROOT)),
            GoldenOptions.read(facts)));
  }

  private String fact(String word) {
    String value = facts.get(word);
    if (value == null) {
      throw new IllegalArgumentException(name + ", case " + caseName + " lacks " + word);
    }
    return value;
  }

  private static List<Integer> ids(String words) {
    return Arrays.stream(words.split(" ")).map(Integer::valueOf).toList();
  }

  /** Reads sizes and the place in the file of floats. */
  private float[] tensor(String words) {
    int count =
        Arrays.stream(words.substring(0, words.indexOf(' ')).split(","))
            .mapToInt(Integer::parseInt)
            .reduce(1, Math::multiplyExact);
    int offset = Integer.parseInt(afterSpace(words));
    return Arrays.copyOfRange(data, offset, offset + count);
  }

  private static String before(String words) {
    return words.substring(0, words.indexOf(' '));
  }

  /** Returns what stands before the sizes and the place of a tensor. */
  private static String named(String words) {
    return words.substring(0, words.length() - place(words).length() - 1);
  }

  private static String place(String words) {
    int sizes = words.lastIndexOf(' ', words.lastIndexOf(' ') - 1);
    return words.substring(sizes + 1);
  }

  private static String afterSpace(String words) {
    return words.substring(words.indexOf(' ') + 1);
  }

  private static float[] joined(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static float[] floats(byte[] bytes) {
    float[] floats = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  private static String unescape(String written) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      text.append(c == '\\' ? escape(written.charAt(++i)) : c);
    }
    return text.toString();
  }

  private static char escape(char letter) {
    return switch (letter) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }
}
