package dev.vlm4j.api;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.Arrays;

/**
 * Which of the reference's two sets of image processors is followed. Both give tensors of the same
 * sizes; the values differ a little, because the libraries round differently when they resize.
 */
public enum ImageBackend {
  /** torchvision: what the reference uses unless told otherwise. */
  TORCHVISION("torchvision"),
  /** Pillow and NumPy: the reference's {@code backend="pil"}, formerly {@code use_fast=False}. */
  PIL("pil");

  private final String label;

  ImageBackend(String label) {
    this.label = label;
  }

  /** Returns the name that the reference and users type. */
  public String label() {
    return label;
  }

  /**
   * Finds a backend by its label.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} for any other text
   */
  public static ImageBackend ofLabel(String label) {
    return Arrays.stream(values())
        .filter(backend -> backend.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new VlmException(
                    ErrorCode.INVALID_ARGUMENT,
                    "there is no image backend '" + label + "'; there are: torchvision, pil"));
  }
}
