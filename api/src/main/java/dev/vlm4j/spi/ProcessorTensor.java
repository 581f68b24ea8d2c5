package dev.vlm4j.spi;

/**
 * A tensor under the name that the reference processor gives it.
 *
 * @param name for example {@code pixel_values}
 * @param tensor the elements
 * @param type element type of the reference's tensor; integers are {@code I64} there
 */
public record ProcessorTensor(String name, Tensor tensor, StorageType type) {}
