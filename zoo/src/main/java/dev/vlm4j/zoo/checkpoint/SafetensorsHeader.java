package dev.vlm4j.zoo.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.spi.StorageType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Parses the JSON of a safetensors header token by token, so that memory stays near its size. */
final class SafetensorsHeader {
  private static final String METADATA = "__metadata__";
  private static final long MAX_NUMBER = 1L << 48;
  private static final int MAX_NAME = 1 << 16;
  private static final int MAX_DEPTH = 3;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
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
  private final Function<String, VlmException> broken;

  private SafetensorsHeader(JsonParser json, Function<String, VlmException> broken) {
    this.json = json;
    this.broken = broken;
  }

  /** Returns the entries of a header; {@code broken} makes the error for a reason. */
  static List<SafetensorsEntry> parse(byte[] header, Function<String, VlmException> broken) {
    try (JsonParser json = JSON.createParser(text(header))) {
      return new SafetensorsHeader(json, broken).entries();
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

  private List<SafetensorsEntry> entries() throws IOException {
    expect(json.nextToken(), JsonToken.START_OBJECT, () -> "the header must be a JSON object");
    List<SafetensorsEntry> entries = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      if (name.equals(METADATA)) {
        metadata();
      } else {
        entries.add(entry(name));
      }
    }
    if (json.nextToken() != null) {
      throw broken.apply("its header goes on after the closing brace");
    }
    return entries;
  }

  private void metadata() throws IOException {
    expect(json.nextToken(), JsonToken.START_OBJECT, () -> METADATA + " must be an object");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      expect(json.nextToken(), JsonToken.VALUE_STRING, () -> METADATA + " must hold strings only");
    }
  }

  private SafetensorsEntry entry(String name) throws IOException {
    expect(json.nextToken(), JsonToken.START_OBJECT, () -> "tensor " + name + " must be an object");
    StorageType type = null;
    long[] sizes = null;
    long[] offsets = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "dtype" -> type = dtype(name);
        case "shape" -> sizes = numbers(name, field);
        case "data_offsets" -> offsets = numbers(name, field);
        default -> throw broken.apply("tensor " + name + " has the unknown field " + field);
      }
    }
    if (type == null || sizes == null || offsets == null || offsets.length != 2) {
      throw broken.apply("tensor " + name + " needs dtype, shape and two data_offsets");
    }
    return checked(new SafetensorsEntry(name, type, Shape.fixed(sizes), offsets[0], offsets[1]));
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

  private SafetensorsEntry checked(SafetensorsEntry entry) {
    long bits;
    try {
      bits = Math.multiplyExact(entry.shape().elements(), (long) entry.type().bits());
    } catch (ArithmeticException e) {
      VlmException error = broken.apply("the shape of tensor " + entry.name() + " overflows");
      error.initCause(e);
      throw error;
    }
    if (bits % Byte.SIZE != 0 || bits / Byte.SIZE != entry.end() - entry.begin()) {
      throw broken.apply(
          "tensor "
              + entry.name()
              + " of "
              + entry.type()
              + entry.shape()
              + " has "
              + (entry.end() - entry.begin())
              + " bytes");
    }
    return entry;
  }

  /** The message is made when it is needed: there may be a million tensors. */
  private void expect(@Nullable JsonToken actual, JsonToken wanted, Supplier<String> message) {
    if (actual != wanted) {
      throw broken.apply(message.get());
    }
  }
}
