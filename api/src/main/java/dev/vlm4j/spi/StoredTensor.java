package dev.vlm4j.spi;

import dev.vlm4j.graph.Shape;
import java.nio.file.Path;

/**
 * Where one tensor of a checkpoint lies: little-endian, row-major, at any byte offset.
 *
 * @param key name in the file
 * @param type element type in the file
 * @param shape fixed shape
 * @param file real path of the file, links resolved
 * @param offset first byte, counted from the start of the file; not necessarily aligned
 * @param length number of bytes
 */
public record StoredTensor(
    String key, StorageType type, Shape shape, Path file, long offset, long length) {}
