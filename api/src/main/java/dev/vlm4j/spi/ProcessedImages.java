package dev.vlm4j.spi;

import java.util.List;

/**
 * The pictures of one prompt as the model sees them.
 *
 * @param tensors what the reference processor returns for pictures, under its names; empty without
 *     pictures
 * @param sizes one entry per picture
 */
public record ProcessedImages(List<ProcessorTensor> tensors, List<Size> sizes) {
  /** No pictures. */
  public static final ProcessedImages NONE = new ProcessedImages(List.of(), List.of());

  /** Keeps immutable copies. */
  public ProcessedImages {
    tensors = List.copyOf(tensors);
    sizes = List.copyOf(sizes);
  }

  /**
   * Sizes of one picture.
   *
   * @param width of the model's view, in pixels
   * @param height of the model's view, in pixels
   * @param tokens number of placeholder tokens
   * @param tiles number of views that the model gets of it, one after the other in {@code
   *     pixel_values}: tiles, crops and the whole
   */
  public record Size(int width, int height, int tokens, int tiles) {
    /** A picture of one view. */
    public Size(int width, int height, int tokens) {
      this(width, height, tokens, 1);
    }
  }

  /** Returns the number of placeholder tokens of all pictures. */
  public int tokens() {
    return sizes.stream().mapToInt(Size::tokens).sum();
  }

  /** Returns the tensor of that name; an error if there is none. */
  public Tensor tensor(String name) {
    return tensors.stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no tensor " + name))
        .tensor();
  }
}
