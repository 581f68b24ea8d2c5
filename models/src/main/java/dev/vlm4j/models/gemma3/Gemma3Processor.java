package dev.vlm4j.models.gemma3;

import static dev.vlm4j.models.towers.ConfigValues.positive;

import dev.vlm4j.models.image.ImagePipeline;
import dev.vlm4j.models.image.PictureBatch;
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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pictures and placeholders of Gemma 3. Source: {@code Gemma3Processor} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/gemma3/processing_gemma3.py">processing_gemma3.py</a>.
 *
 * @param pipeline from a picture or a crop to its values
 * @param tokens placeholder tokens of a picture or a crop
 * @param imageToken id of such a token
 */
record Gemma3Processor(ImagePipeline pipeline, int tokens, int imageToken)
    implements ModelProcessor {
  private static final String START = "<start_of_image>";
  private static final String IMAGE = "<image_soft_token>";
  private static final String END = "<end_of_image>";
  private static final int DEFAULT_TOKENS = 256;

  /** What is needed of the processor's files beside the pipeline's settings. */
  private record Settings(@Nullable Integer imageSeqLength) {}

  static Gemma3Processor of(CheckpointConfig files) {
    Settings settings = files.processor(Settings.class);
    files.tokenId(START);
    files.tokenId(END);
    return new Gemma3Processor(
        ImagePipeline.of(files, "Gemma3ImageProcessor"),
        positive("image_seq_length", settings.imageSeqLength(), DEFAULT_TOKENS),
        files.tokenId(IMAGE));
  }

  @Override
  public Set<ImageSetting> imageSettings() {
    return Set.of(ImageSetting.PAN_AND_SCAN);
  }

  /** The reference passes this with every call. */
  @Override
  public boolean convertsAllPictures() {
    return true;
  }

  @Override
  public ProcessedImages process(List<Picture> pictures) {
    if (pictures.isEmpty()) {
      return ProcessedImages.NONE;
    }
    List<RgbImage> views = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (Picture picture : pictures) {
      RgbImage whole = picture.converted();
      List<RgbImage> crops = picture.panAndScan() ? PanAndScan.DEFAULT.crops(whole) : List.of();
      views.add(whole);
      views.addAll(crops);
      counts.add(1 + crops.size());
    }
    PictureBatch batch = PictureBatch.of(pipeline, views);
    return new ProcessedImages(
        List.of(batch.pixels()), counts.stream().map(count -> size(batch, count)).toList());
  }

  @Override
  public Optional<PixelLayout> pixelLayout() {
    return Optional.of(pipeline.layout());
  }

  private ProcessedImages.Size size(PictureBatch batch, int views) {
    return new ProcessedImages.Size(
        batch.extent().width(), batch.extent().height(), views * tokens, views);
  }

  @Override
  public List<TextPart> expand(List<TextPart> rendered, ProcessedImages images) {
    return new ImagePlaceholders(START)
        .expand(
            rendered,
            images.sizes().size(),
            image -> text(images.sizes().get(image).tokens() / tokens - 1));
  }

  private String text(int crops) {
    String one = "\n\n" + START + IMAGE.repeat(tokens) + END + "\n\n";
    return crops == 0
        ? one
        : "Here is the original image "
            + one
            + " and here are some crops to help you see better "
            + String.join(" ", Collections.nCopies(crops, one));
  }

  /** 1 marks the tokens of pictures. */
  @Override
  public List<ProcessorTensor> textTensors(int[] promptIds, ProcessedImages images) {
    int[] types = Arrays.stream(promptIds).map(id -> id == imageToken ? 1 : 0).toArray();
    return List.of(
        new ProcessorTensor("token_type_ids", Tensor.of(types, 1, types.length), StorageType.I64));
  }
}
