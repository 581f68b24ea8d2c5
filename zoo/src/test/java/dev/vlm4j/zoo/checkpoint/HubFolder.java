package dev.vlm4j.zoo.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes files of a folder in Hub layout, right ones and broken ones. */
public record HubFolder(Path path) {
  /** Makes a folder that has a {@code config.json}. */
  public static HubFolder in(Path path) {
    return new HubFolder(path).with("config.json", "{\"model_type\": \"llava\"}");
  }

  /** Writes a text file. */
  public HubFolder with(String name, String text) {
    return with(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file. */
  public HubFolder with(String name, byte[] bytes) {
    try {
      Files.createDirectories(path);
      Files.write(path.resolve(name), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a weight file whose single tensor is a float of that name. */
  public HubFolder withTensor(String file, String tensor) {
    String header = "{\"" + tensor + "\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}";
    return with(file, safetensors(header, 4));
  }

  /** Opens the folder. */
  public CheckpointFolder open() {
    return CheckpointFolder.open(path);
  }

  /** Returns a weight file of that header and a number of zero bytes. */
  static byte[] safetensors(String header, int dataBytes) {
    return safetensors(header.getBytes(StandardCharsets.UTF_8), dataBytes);
  }

  static byte[] safetensors(byte[] header, int dataBytes) {
    return ByteBuffer.allocate(8 + header.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }
}
