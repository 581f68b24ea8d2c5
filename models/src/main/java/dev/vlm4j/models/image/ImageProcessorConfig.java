package dev.vlm4j.models.image;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of {@code preprocessor_config.json} that the pipelines here read. A component is null
 * if the file lacks it or says null: then the default of the processor class applies.
 *
 * @param imageProcessorType class name in the reference, for example {@code CLIPImageProcessor};
 *     null means {@code CLIPImageProcessor}
 * @param doResize whether to resize
 * @param size target of the resizing
 * @param resample number of the filter, see {@link ResampleFilter#ofCode}
 * @param doCenterCrop whether to cut out the middle
 * @param cropSize size of the cut, rows and columns
 * @param doRescale whether to multiply by {@code rescaleFactor}
 * @param rescaleFactor usually 1/255
 * @param doNormalize whether to subtract the mean and divide by the standard deviation
 * @param imageMean one number a channel, for values in 0..1
 * @param imageStd one number a channel, none of them zero
 * @param doPad LLaVA: pad to a square before resizing; others: pad with zeros to {@code padSize}
 * @param padSize size after padding at the bottom and on the right
 * @param doConvertRgb kept for completeness: pictures are always RGB here
 * @param patchSize side of a patch, for processors that cut patches
 */
public record ImageProcessorConfig(
    @Nullable String imageProcessorType,
    @Nullable Boolean doResize,
    @Nullable ImageSize size,
    @Nullable Integer resample,
    @Nullable Boolean doCenterCrop,
    @Nullable ImageSize cropSize,
    @Nullable Boolean doRescale,
    @Nullable Double rescaleFactor,
    @Nullable Boolean doNormalize,
    @Nullable List<Double> imageMean,
    @Nullable List<Double> imageStd,
    @Nullable Boolean doPad,
    @Nullable ImageSize padSize,
    @Nullable Boolean doConvertRgb,
    @Nullable Integer patchSize) {

  /** Returns a configuration of which only the class name is known. */
  public static ImageProcessorConfig ofType(String imageProcessorType) {
    return new ImageProcessorConfig(
        imageProcessorType,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
