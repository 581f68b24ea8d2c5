package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.PixelLayout;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.Tensor;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the tensor of pictures back into pictures that a person can look at. */
final class SeenPictures {
  /**
   * A view that the model gets.
   *
   * @param name which picture and which of its views, both from 1 on
   * @param pixels what the model sees
   */
  record View(String name, BufferedImage pixels) {}

  private static final int CHANNELS = 3;

  private final ModelInputs inputs;
  private final PixelLayout layout;
  private final Tensor pixels;

  private SeenPictures(ModelInputs inputs, PixelLayout layout, Tensor pixels) {
    this.inputs = inputs;
    this.layout = layout;
    this.pixels = pixels;
  }

  /**
   * Returns all views; none without pictures.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} if the model's processor does not say what its
   *     values mean
   */
  static List<View> of(ModelInputs inputs) {
    if (inputs.images().isEmpty()) {
      return List.of();
    }
    PixelLayout layout =
        inputs
            .pixelLayout()
            .orElseThrow(() -> unknown("the model's processor does not say how they are made"));
    Tensor pixels =
        tensor(inputs, PixelLayout.PIXEL_VALUES)
            .orElseThrow(() -> unknown("it has no tensor " + PixelLayout.PIXEL_VALUES));
    SeenPictures seen = new SeenPictures(inputs, layout, pixels);
    return layout.isPatches() ? seen.ofPatches() : seen.ofPlanes();
  }

  private static VlmException unknown(String reason) {
    return new VlmException(
        ErrorCode.INVALID_ARGUMENT,
        "the pictures that the model sees cannot be shown: "
            + reason
            + "; leave --save-pictures out");
  }

  private static Optional<Tensor> tensor(ModelInputs inputs, String name) {
    return inputs.tensors().stream()
        .filter(tensor -> tensor.name().equals(name))
        .map(ProcessorTensor::tensor)
        .findFirst();
  }

  private static String name(int picture, int tile, int tiles) {
    return "picture-" + (picture + 1) + (tiles == 1 ? "" : "-view-" + (tile + 1));
  }

  /** Leading sizes count views: of each picture, filled up to the most, or of all pictures. */
  private List<View> ofPlanes() {
    int height = Math.toIntExact(pixels.size(pixels.rank() - 2));
    int width = Math.toIntExact(pixels.size(pixels.rank() - 1));
    int views = pixels.count() / (CHANNELS * height * width);
    int pictures = inputs.images().size();
    boolean filled = pixels.rank() > 4 && pixels.size(0) == pictures;
    List<View> seen = new ArrayList<>();
    int next = 0;
    for (int picture = 0; picture < pictures; picture++) {
      int tiles = inputs.images().get(picture).tiles();
      next = filled ? views / pictures * picture : next;
      for (int tile = 0; tile < tiles; tile++, next++) {
        seen.add(new View(name(picture, tile, tiles), planes(next, height, width)));
      }
    }
    return seen;
  }

  private BufferedImage planes(int view, int height, int width) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int plane = height * width;
    int first = view * CHANNELS * plane;
    for (int i = 0; i < plane; i++) {
      image.setRGB(i % width, i / width, rgb(first + i, plane));
    }
    return image;
  }

  private List<View> ofPatches() {
    int[] grids = tensor(inputs, PixelLayout.GRIDS).orElseThrow().ints();
    List<View> seen = new ArrayList<>();
    int row = 0;
    for (int picture = 0; picture < inputs.images().size(); picture++) {
      int height = grids[3 * picture + 1];
      int width = grids[3 * picture + 2];
      seen.add(new View(name(picture, 0, 1), patches(row, height, width)));
      row += grids[3 * picture] * height * width;
    }
    return seen;
  }

  /** Of a patch that is there several times, once per frame, the first frame is shown. */
  private BufferedImage patches(int firstRow, int height, int width) {
    int side = layout.patchSize();
    int values = Math.toIntExact(pixels.size(1));
    int channel = values / CHANNELS;
    BufferedImage image =
        new BufferedImage(width * side, height * side, BufferedImage.TYPE_INT_RGB);
    for (int patch = 0; patch < height * width; patch++) {
      int x = column(patch, width) * side;
      int y = row(patch, width) * side;
      int at = (firstRow + patch) * values;
      for (int i = 0; i < side * side; i++) {
        image.setRGB(x + i % side, y + i / side, rgb(at + i, channel));
      }
    }
    return image;
  }

  private int row(int patch, int width) {
    int merge = layout.mergeSize();
    int square = patch / (merge * merge);
    return square / (width / merge) * merge + patch / merge % merge;
  }

  private int column(int patch, int width) {
    int merge = layout.mergeSize();
    int square = patch / (merge * merge);
    return square % (width / merge) * merge + patch % merge;
  }

  private int rgb(int red, int distance) {
    float[] values = pixels.floats();
    return layout.level(values[red], 0) << 16
        | layout.level(values[red + distance], 1) << 8
        | layout.level(values[red + 2 * distance], 2);
  }
}
