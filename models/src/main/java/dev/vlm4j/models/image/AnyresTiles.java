package dev.vlm4j.models.image;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.PixelLayout;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pictures as tiles of one size: the whole picture first, squeezed into one tile, then a larger
 * view of it, padded with black and cut row by row. Sources: {@code LlavaNextImageProcessor} and
 * {@code LlavaOnevisionImageProcessor} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/llava_next/image_processing_llava_next.py">image_processing_llava_next.py</a>.
 *
 * <p>Immutable and safe for concurrent use.
 */
public final class AnyresTiles {
  private final ImagePipeline pipeline;
  private final PictureResize resize;
  private final BestResolution resolutions;
  private final ImageSize size;
  private final @Nullable ImageSize crop;
  private final boolean pads;
  private final List<Double> mean;

  private AnyresTiles(CheckpointConfig files, ProcessorDefaults own) {
    ImageProcessorConfig config = files.processor(ImageProcessorConfig.class);
    ProcessorDefaults defaults = ProcessorDefaults.ofTiles(config.imageProcessorType(), own);
    this.pipeline = new ImagePipeline(config, defaults, files.imageBackend());
    this.resize = PictureResize.of(files, ResampleFilter.BICUBIC);
    this.resolutions = new BestResolution(files.processor(AnyresConfig.class).grids(defaults));
    this.size = ImagePipeline.sizeOf(config, defaults);
    this.crop = config.cropSize() == null ? defaults.cropSize() : config.cropSize();
    this.pads =
        own == ProcessorDefaults.LLAVA_NEXT || Objects.requireNonNullElse(config.doPad(), true);
    this.mean = Objects.requireNonNullElse(config.imageMean(), defaults.mean());
  }

  /**
   * Reads the settings of LLaVA-NeXT, whose processor pads whatever the files say; {@code
   * CONFIG_INVALID} for impossible ones.
   */
  public static AnyresTiles llavaNext(CheckpointConfig files) {
    AnyresTiles tiles = new AnyresTiles(files, ProcessorDefaults.LLAVA_NEXT);
    tiles.whole();
    return tiles;
  }

  /**
   * Reads the settings of LLaVA-OneVision; {@code CONFIG_INVALID} for impossible ones. Some sizes
   * are possible for {@link #squares} alone: {@link #tiled} refuses them.
   */
  public static AnyresTiles llavaOnevision(CheckpointConfig files) {
    return new AnyresTiles(files, ProcessorDefaults.LLAVA_ONEVISION);
  }

  /** Returns the size of the whole picture as a tile, before it is processed. */
  private Extent whole() {
    int height = orZero(size.height());
    int width = orZero(size.width());
    if (height > 0 && width > 0) {
      return new Extent(height, width);
    }
    int edge = orZero(size.shortestEdge());
    if (edge > 0) {
      return new Extent(edge, edge);
    }
    throw new VlmException(
        ErrorCode.CONFIG_INVALID,
        "To cut a picture into tiles, the size of the image processor needs height and width, or"
            + " shortest_edge; got "
            + size
            + ". Correct preprocessor_config.json.");
  }

  /** Returns the side of the squares that a large view is cut into. */
  private int cut() {
    int side = crop == null ? 0 : orZero(crop.edgeAsSquare().height());
    return side > 0 ? side : whole().height();
  }

  /** The reference reads zero as absent. */
  private static int orZero(@Nullable Integer value) {
    return value == null ? 0 : value;
  }

  /** Returns the size of a tile as the model sees it. */
  public Extent tile() {
    Extent whole = whole();
    return pipeline.outputExtent(whole.height(), whole.width());
  }

  /** Returns the size of a picture that is shown as a square, as the model sees it. */
  public Extent square(Extent picture) {
    int side = Math.max(picture.height(), picture.width());
    return pipeline.outputExtent(side, side);
  }

  /** Returns the size of the larger view of a picture. */
  public Extent view(Extent picture) {
    return resolutions.of(picture);
  }

  /** Returns how tiles are looked at. */
  public PixelLayout layout() {
    return pipeline.layout();
  }

  /** Returns the sizes of a picture that is cut, for which the prompt has so many tokens. */
  public ProcessedImages.Size size(Extent picture, int tokens) {
    Extent view = view(picture);
    return new ProcessedImages.Size(view.width(), view.height(), tokens, tiles(picture));
  }

  /** Returns the number of tiles of a picture, the whole one included. */
  int tiles(Extent picture) {
    Extent view = view(picture);
    int cut = cut();
    return 1 + ceilDiv(view.height(), cut) * ceilDiv(view.width(), cut);
  }

  private static int ceilDiv(int side, int part) {
    return (side + part - 1) / part;
  }

  /**
   * Cuts pictures into tiles.
   *
   * @return {@code pixel_values} {@code [pictures, tiles, 3, height, width]}, zeros where a picture
   *     has fewer tiles than the one with most, and {@code image_sizes} {@code [pictures, 2]}
   * @throws VlmException {@code INVALID_ARGUMENT} if pictures have different numbers of tiles and
   *     the processor does not pad, {@code IMAGE_TOO_LARGE} if they do not fit in memory
   */
  public List<ProcessorTensor> tiled(List<RgbImage> pictures) {
    List<Integer> counts = pictures.stream().map(picture -> tiles(extent(picture))).toList();
    if (!pads && counts.stream().distinct().count() > 1) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "The processor does not pad (do_pad), so all pictures of a prompt need the same number of"
              + " tiles, got "
              + counts
              + "; give pictures of one shape.");
    }
    int most = counts.stream().mapToInt(Integer::intValue).max().orElse(0);
    List<List<RgbImage>> cuts = pictures.stream().map(this::cut).toList();
    return new TileBatch(pipeline, tile(), most).tensors(pictures, cuts);
  }

  /**
   * Shows every picture as one tile, padded to a square.
   *
   * @return as {@link #tiled}, with one tile a picture
   * @throws VlmException {@code INVALID_ARGUMENT} if the tiles have different sizes, {@code
   *     IMAGE_TOO_LARGE} if they do not fit in memory, {@code CONFIG_INVALID} if {@code
   *     image_mean}, the colour of the padding, does not have three numbers
   */
  public List<ProcessorTensor> squares(List<RgbImage> pictures) {
    List<Extent> sizes =
        pictures.stream().map(picture -> square(extent(picture))).distinct().toList();
    if (sizes.size() != 1) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "The processor makes tiles of different sizes of these pictures, "
              + sizes
              + "; give pictures whose longer sides are equal, or correct size and do_resize in"
              + " preprocessor_config.json.");
    }
    PadToSquare square = ImagePipeline.squarePadding(mean);
    List<List<RgbImage>> single =
        pictures.stream().map(picture -> List.of(square.apply(picture))).toList();
    return new TileBatch(pipeline, sizes.get(0), 1).tensors(pictures, single);
  }

  private List<RgbImage> cut(RgbImage picture) {
    Extent view = view(extent(picture));
    Extent shown = BestResolution.fitted(extent(picture), view);
    RgbImage resized = resize.to(shown, picture);
    int top = (view.height() - shown.height()) / 2;
    int left = (view.width() - shown.width()) / 2;
    RgbImage padded = Canvas.place(resized, view, top, left, Canvas.BLACK);
    List<RgbImage> tiles = new ArrayList<>();
    tiles.add(resize.to(whole(), picture));
    int cut = cut();
    for (int y = 0; y < view.height(); y += cut) {
      for (int x = 0; x < view.width(); x += cut) {
        int height = Math.min(cut, view.height() - y);
        int width = Math.min(cut, view.width() - x);
        tiles.add(new Window(y, x, height, width).cut(padded));
      }
    }
    return tiles;
  }

  private static Extent extent(RgbImage picture) {
    return new Extent(picture.height(), picture.width());
  }
}
