package dev.vlm4j.conformance;

import dev.vlm4j.graph.Shape;
import dev.vlm4j.spi.StorageType;

/** A weight to write into a test checkpoint: its bytes are little-endian and row-major. */
final class StoredWeight {
  private final String key;
  private final StorageType type;
  private final Shape shape;
  private final byte[] bytes;

  StoredWeight(String key, StorageType type, Shape shape, byte[] bytes) {
    this.key = key;
    this.type = type;
    this.shape = shape;
    this.bytes = bytes;
  }

  String key() {
    return key;
  }

  StorageType type() {
    return type;
  }

  Shape shape() {
    return shape;
  }

  byte[] bytes() {
    return bytes;
  }
}
