package dev.vlm4j.models.image.patches;

import static dev.vlm4j.models.towers.ConfigValues.orElse;
import static dev.vlm4j.models.towers.ConfigValues.positive;

import dev.vlm4j.api.ImageOptions;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.ImageProcessorConfig;
import dev.vlm4j.models.image.PictureResize;
import dev.vlm4j.models.image.PixelScaling;
import dev.vlm4j.models.image.ResampleFilter;
import dev.vlm4j.models.image.Resampler;
import dev.vlm4j.models.towers.ImagePlaceholders;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ImageSetting;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.PixelLayout;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.spi.TextPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pictures and placeholders of Qwen-VL and of models that see pictures as it does. A picture with
 * settings of its own goes through what the library for messages does before the processor. Source:
 * {@code Qwen2VLImageProcessor} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/qwen2_vl/image_processing_qwen2_vl.py">image_processing_qwen2_vl.py</a>.
 *
 * <p>Immutable and safe for concurrent use.
 */
public final class PatchProcessor implements ModelProcessor {
  /** Name of the tensor of patches {@code [patches, values]}. */
  public static final String PIXEL_VALUES = "pixel_values";

  /** Name of the tensor of grids: time, height and width in patches. */
  static final String GRIDS = "image_grid_thw";

  private static final String PLACEHOLDER = "<|image_pad|>";
  private static final List<Double> MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
  private static final List<Double> STD = List.of(0.26862954, 0.26130258, 0.27577711);
  private static final int LEAST_TOKENS = 4;
  private static final int MOST_TOKENS = 16384;

  private final boolean resizes;
  private final PixelBounds bounds;
  private final PictureResize resize;
  private final PixelScaling scaling;
  private final PatchRows patches;
  private final int mergeSize;
  private final int imageToken;

  /**
   * Reads the settings of a checkpoint.
   *
   * @param imageToken id of the placeholder
   * @throws VlmException {@code CONFIG_INVALID} for impossible ones, {@code
   *     ARCHITECTURE_UNSUPPORTED} for another processor
   */
  public PatchProcessor(CheckpointConfig files, int imageToken) {
    PatchConfig own = files.processor(PatchConfig.class);
    ImageProcessorConfig common = files.processor(ImageProcessorConfig.class);
    checkType(own.imageProcessorType());
    this.resizes = orElse(common.doResize(), true);
    this.bounds = PixelBounds.of(own);
    this.resize = PictureResize.of(files, ResampleFilter.BICUBIC);
    this.scaling = PixelScaling.of(files, MEAN, STD);
    this.patches =
        new PatchRows(
            positive("patch_size of the processor", own.patchSize(), 14),
            positive("temporal_patch_size of the processor", own.temporalPatchSize(), 2));
    this.mergeSize = positive("merge_size of the processor", own.mergeSize(), 2);
    this.imageToken = imageToken;
  }

  /** Returns the side of a patch, in pixels. */
  public int patchSize() {
    return patches.patchSize();
  }

  /** Returns the number of values of a patch. */
  public int patchValues() {
    return patches.values();
  }

  /** Returns how many patches become one token, along each side. */
  public int mergeSize() {
    return mergeSize;
  }

  @Override
  public Set<ImageSetting> imageSettings() {
    return Set.of(ImageSetting.MIN_PIXELS, ImageSetting.MAX_PIXELS, ImageSetting.RESIZED_SIZE);
  }

  private static void checkType(@Nullable String type) {
    if (type != null && !type.startsWith("Qwen2VLImageProcessor")) {
      throw new VlmException(
          ErrorCode.ARCHITECTURE_UNSUPPORTED,
          "the image processor '" + type + "' is not supported; supported: Qwen2VLImageProcessor");
    }
  }

  @Override
  public ProcessedImages process(List<Picture> pictures) {
    if (pictures.isEmpty()) {
      return ProcessedImages.NONE;
    }
    List<Shown> shown = pictures.stream().map(this::shown).toList();
    List<PatchGrid> grids = shown.stream().map(each -> grid(each.target())).toList();
    long total = grids.stream().mapToLong(grid -> (long) grid.height() * grid.width()).sum();
    PatchBands bands = new PatchBands(patches, scaling, mergeSize, total);
    int[] thw = new int[3 * grids.size()];
    List<ProcessedImages.Size> sizes = new ArrayList<>();
    for (int i = 0; i < grids.size(); i++) {
      Extent target = shown.get(i).target();
      PatchGrid grid = grids.get(i);
      resize.inBands(target, shown.get(i).image(), factor(), bands::add);
      thw[3 * i] = 1;
      thw[3 * i + 1] = grid.height();
      thw[3 * i + 2] = grid.width();
      sizes.add(new ProcessedImages.Size(target.width(), target.height(), grid.tokens()));
    }
    return new ProcessedImages(
        List.of(
            new ProcessorTensor(
                PIXEL_VALUES, Tensor.of(bands.values(), total, patches.values()), StorageType.F32),
            new ProcessorTensor(GRIDS, Tensor.of(thw, grids.size(), 3), StorageType.I64)),
        sizes);
  }

  @Override
  public Optional<PixelLayout> pixelLayout() {
    return Optional.of(scaling.layout().inPatches(patches.patchSize(), mergeSize));
  }

  /** A picture, and the size at which the model sees it. */
  private record Shown(RgbImage image, Extent target) {}

  private Shown shown(Picture picture) {
    PixelBounds allowed = bounds.with(picture.modelOptions());
    RgbImage image = picture.converted(first(picture));
    Extent given = extent(image);
    return new Shown(image, resizes ? SmartResize.PROCESSOR.of(given, factor(), allowed) : given);
  }

  /** Does what the library for messages does with a picture that has settings of its own. */
  private RgbImage first(Picture picture) {
    ImageOptions options =
        picture.ownOptions().settings().isEmpty() ? picture.modelOptions() : picture.ownOptions();
    boolean fixed = options.resizedHeight().isPresent() && options.resizedWidth().isPresent();
    if (!fixed && picture.ownOptions().settings().isEmpty()) {
      return picture.image();
    }
    int area = factor() * factor();
    PixelBounds defaults = new PixelBounds(LEAST_TOKENS * area, MOST_TOKENS * area);
    Extent target =
        fixed
            ? SmartResize.MESSAGES.of(
                new Extent(options.resizedHeight().getAsInt(), options.resizedWidth().getAsInt()),
                factor(),
                defaults)
            : SmartResize.MESSAGES.of(extent(picture.image()), factor(), defaults.with(options));
    return Resampler.PILLOW.resize(
        picture.image(), target.width(), target.height(), ResampleFilter.BICUBIC);
  }

  private int factor() {
    return patches.patchSize() * mergeSize;
  }

  private static Extent extent(RgbImage image) {
    return new Extent(image.height(), image.width());
  }

  private PatchGrid grid(Extent target) {
    if (target.height() % factor() != 0 || target.width() % factor() != 0) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "this checkpoint's processor does not resize (do_resize), so both sides of a picture must"
              + " be multiples of "
              + factor()
              + " pixels; got "
              + target.width()
              + " x "
              + target.height());
    }
    return grid(target.height(), target.width());
  }

  /** Returns the grid of a picture as the model sees it. */
  public PatchGrid grid(int height, int width) {
    int side = patches.patchSize();
    return new PatchGrid(height / side, width / side, mergeSize);
  }

  @Override
  public List<TextPart> expand(List<TextPart> rendered, ProcessedImages images) {
    return new ImagePlaceholders(PLACEHOLDER).repeat(rendered, images);
  }

  /** 1 marks the tokens of pictures. */
  @Override
  public List<ProcessorTensor> textTensors(int[] promptIds, ProcessedImages images) {
    int[] types = Arrays.stream(promptIds).map(id -> id == imageToken ? 1 : 0).toArray();
    return List.of(
        new ProcessorTensor(
            "mm_token_type_ids", Tensor.of(types, 1, types.length), StorageType.I64));
  }
}
