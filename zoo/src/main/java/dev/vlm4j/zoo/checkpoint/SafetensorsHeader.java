package dev.vlm4j.zoo.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.StoredTensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.LongBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parses the JSON of a safetensors header token by token. A header may have a million tensors: what
 * is made for each is little more than the result keeps, and equal shapes are one object.
 */
final class SafetensorsHeader {
  private static final String METADATA = "__metadata__";
  private static final long MAX_NUMBER = 1L << 48;
  private static final int MAX_NAME = 1 << 16;
  private static final int MAX_DEPTH = 3;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          // Names of tensors come once: a table of them would cost more than it saves.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME)
                  .maxDocumentLength(-1)
                  .build())
          .build();

  private final JsonParser json;
  private final Path file;
  private final long start;
  private final Function<String, VlmException> broken;
  private final Map<LongBuffer, Shape> shapes = new HashMap<>();

  private SafetensorsHeader(
      JsonParser json, Path file, long start, Function<String, VlmException> broken) {
    this.json = json;
    this.file = file;
    this.start = start;
    this.broken = broken;
  }

  /**
   * Returns the tensors of a header in its order; offsets are as it has them, checked each for
   * itself.
   *
   * @param start where the data of the file begin, in bytes
   * @param broken makes the error for a reason
   */
  static List<StoredTensor> parse(
      byte[] header, Path file, long start, Function<String, VlmException> broken) {
    try (JsonParser json = JSON.createParser(text(header))) {
      return new SafetensorsHeader(json, file, start, broken).tensors();
    } catch (CharacterCodingException e) {
      VlmException error = broken.apply("its header is no valid UTF-8");
      error.initCause(e);
      throw error;
    } catch (IOException e) {
      VlmException error = broken.apply("its header is no valid JSON: " + firstLine(e));
      error.initCause(e);
      throw error;
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
  }

  /** The parser would guess another encoding from bytes. Decoded bit by bit, it takes no memory. */
  private static Reader text(byte[] header) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    return new InputStreamReader(new ByteArrayInputStream(header), decoder);
  }

  private List<StoredTensor> tensors() throws IOException {
    expect(json.nextToken(), JsonToken.START_OBJECT, () -> "the header must be a JSON object");
    List<StoredTensor> tensors = new ArrayList<>();
    boolean isFirst = true;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      if (name.equals(METADATA)) {
        once(isFirst, name);
        isFirst = false;
        metadata();
      } else {
        tensors.add(tensor(name));
      }
    }
    if (json.nextToken() != null) {
      throw broken.apply("its header goes on after the closing brace");
    }
    refuseDoubles(tensors);
    return tensors;
  }

  /** A set of all names would cost a third of the time: only those of equal hashes are compared. */
  private void refuseDoubles(List<StoredTensor> tensors) {
    int[] hashes = tensors.stream().mapToInt(tensor -> tensor.key().hashCode()).sorted().toArray();
    Set<Integer> shared = new HashSet<>();
    for (int i = 1; i < hashes.length; i++) {
      if (hashes[i] == hashes[i - 1]) {
        shared.add(hashes[i]);
      }
    }
    Set<String> names = new HashSet<>();
    for (StoredTensor tensor : tensors) {
      String name = tensor.key();
      once(!shared.contains(name.hashCode()) || names.add(name), name);
    }
  }

  private void metadata() throws IOException {
    expect(json.nextToken(), JsonToken.START_OBJECT, () -> METADATA + " must be an object");
    Set<String> names = new HashSet<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      once(names.add(json.currentName()), json.currentName());
      expect(json.nextToken(), JsonToken.VALUE_STRING, () -> METADATA + " must hold strings only");
    }
  }

  private StoredTensor tensor(String name) throws IOException {
    expect(json.nextToken(), JsonToken.START_OBJECT, () -> "tensor " + name + " must be an object");
    StorageType type = null;
    long[] sizes = null;
    long[] offsets = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "dtype" -> {
          once(type == null, field);
          type = dtype(name);
        }
        case "shape" -> {
          once(sizes == null, field);
          sizes = numbers(name, field);
        }
        case "data_offsets" -> {
          once(offsets == null, field);
          offsets = numbers(name, field);
        }
        default -> throw broken.apply("tensor " + name + " has the unknown field " + field);
      }
    }
    if (type == null || sizes == null || offsets == null || offsets.length != 2) {
      throw broken.apply("tensor " + name + " needs dtype, shape and two data_offsets");
    }
    long length = offsets[1] - offsets[0];
    Shape shape = shapes.computeIfAbsent(LongBuffer.wrap(sizes), s -> Shape.fixed(s.array()));
    long bits = bits(name, type, sizes);
    if (bits % Byte.SIZE != 0 || bits / Byte.SIZE != length) {
      throw broken.apply("tensor " + name + " of " + type + shape + " has " + length + " bytes");
    }
    return new StoredTensor(name, type, shape, file, start + offsets[0], length);
  }

  /** The parser could look for doubles, but makes several objects for every tensor then. */
  private void once(boolean isFirst, String field) {
    if (!isFirst) {
      throw broken.apply("its header is no valid JSON: Duplicate field '" + field + "'");
    }
  }

  private StorageType dtype(String name) throws IOException {
    expect(
        json.currentToken(),
        JsonToken.VALUE_STRING,
        () -> "dtype of " + name + " must be a string");
    String text = json.getText();
    return StorageType.ofHeader(text)
        .orElseThrow(() -> broken.apply("tensor " + name + " has the unknown dtype " + text));
  }

  private long[] numbers(String name, String field) throws IOException {
    Supplier<String> what =
        () -> field + " of tensor " + name + " must be a list of integers from 0 to 2^48";
    expect(json.currentToken(), JsonToken.START_ARRAY, what);
    long[] numbers = new long[4];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
      boolean fits = json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
      long number = fits ? json.getLongValue() : -1;
      if (number < 0 || number > MAX_NUMBER) {
        throw broken.apply(what.get());
      }
      numbers = count == numbers.length ? Arrays.copyOf(numbers, 2 * count) : numbers;
      numbers[count++] = number;
    }
    return Arrays.copyOf(numbers, count);
  }

  private long bits(String name, StorageType type, long[] sizes) {
    try {
      long elements = 1;
      for (long size : sizes) {
        elements = Math.multiplyExact(elements, size);
      }
      return Math.multiplyExact(elements, (long) type.bits());
    } catch (ArithmeticException e) {
      VlmException error = broken.apply("the shape of tensor " + name + " overflows");
      error.initCause(e);
      throw error;
    }
  }

  /** The message is made when it is needed: there may be a million tensors. */
  private void expect(@Nullable JsonToken actual, JsonToken wanted, Supplier<String> message) {
    if (actual != wanted) {
      throw broken.apply(message.get());
    }
  }
}
