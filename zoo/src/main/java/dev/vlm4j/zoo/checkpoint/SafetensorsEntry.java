package dev.vlm4j.zoo.checkpoint;

import dev.vlm4j.graph.Shape;
import dev.vlm4j.spi.StorageType;

/**
 * One tensor of a safetensors header.
 *
 * @param name its key
 * @param type element type
 * @param shape fixed shape
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last one
 */
record SafetensorsEntry(String name, StorageType type, Shape shape, long begin, long end) {}
