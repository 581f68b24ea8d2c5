package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.Content;
import dev.vlm4j.api.ImageOptions;
import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.ImageSetting;
import dev.vlm4j.spi.ModelProcessor;
import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.spi.TextPart;
import dev.vlm4j.zoo.image.DecodedPicture;
import dev.vlm4j.zoo.image.PictureReader;
import dev.vlm4j.zoo.prompt.PromptSource;
import dev.vlm4j.zoo.tokenizer.EncodedPiece;
import dev.vlm4j.zoo.tokenizer.PromptTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Everything between a prompt and tensors. Immutable and thread-safe. */
public final class PromptPreparer {
  private final ModelProcessor processor;
  private final PromptSource source;
  private final ImageOptions modelOptions;
  private final boolean specialTokensInText;
  private final boolean whitens;
  private final PictureReader reader;
  private final PromptTokenizer tokenizer;

  /**
   * Creates a preparer for one checkpoint.
   *
   * @param source how prompts become text
   * @param whitens whether the settings have the transparent colour of a file shown as white
   * @param options what holds for all prompts
   * @throws VlmException {@code INVALID_ARGUMENT} for settings that the processor does not have
   */
  public PromptPreparer(
      ModelProcessor processor,
      PromptSource source,
      PromptTokenizer tokenizer,
      boolean whitens,
      InputOptions options) {
    this.processor = processor;
    this.source = source;
    this.tokenizer = tokenizer;
    this.whitens = whitens || processor.convertsAllPictures();
    this.modelOptions = options.images();
    this.specialTokensInText = options.specialTokensInText();
    this.reader = new PictureReader(options.policy());
    checkSettings(modelOptions);
  }

  /**
   * Turns a prompt into tensors.
   *
   * @throws VlmException for unreadable pictures, settings that the processor does not have, or
   *     counts that do not fit
   */
  public PreparedPrompt prepare(Prompt prompt) {
    checkVariables(prompt);
    prompt.pictures().forEach(picture -> checkSettings(picture.options()));
    List<Picture> pictures = prompt.pictures().stream().map(this::read).toList();
    ProcessedImages images = processor.process(pictures);
    List<TextPart> text = processor.expand(rendered(prompt), images);
    List<EncodedPiece> pieces =
        source.complete() ? tokenizer.piecesBare(text) : tokenizer.pieces(text);
    return new PreparedPrompt(pictures, images, text, pieces, PromptTokenizer.joined(pieces));
  }

  private List<TextPart> rendered(Prompt prompt) {
    List<TextPart> parts = source.format().render(prompt);
    return specialTokensInText
        ? parts.stream().map(part -> new TextPart(part.text(), false)).toList()
        : parts;
  }

  private void checkVariables(Prompt prompt) {
    if (source.complete() && !prompt.templateVariables().isEmpty()) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "the model has no chat template that could read "
              + prompt.templateVariables().keySet()
              + ": leave the template variables out");
    }
  }

  private void checkSettings(ImageOptions options) {
    for (ImageSetting setting : options.settings()) {
      if (!processor.imageSettings().contains(setting)) {
        throw new VlmException(
            ErrorCode.INVALID_ARGUMENT,
            "the model's processor has no "
                + setting.name().toLowerCase(Locale.ROOT)
                + ": leave it out, or use a model that has it ("
                + (setting == ImageSetting.PAN_AND_SCAN ? "Gemma 3" : "Qwen-VL")
                + ")");
      }
    }
  }

  private Picture read(Content.Picture picture) {
    DecodedPicture decoded = reader.decode(picture.image());
    OptionalInt key = whitens ? decoded.keyColour() : OptionalInt.empty();
    return new Picture(decoded.image(), key, picture.options(), modelOptions);
  }

  /** Returns everything that the model sees of a prompt. */
  public ModelInputs inputs(Prompt prompt) {
    PreparedPrompt prepared = prepare(prompt);
    int[] ids = prepared.ids();
    int[] ones = new int[ids.length];
    Arrays.fill(ones, 1);
    List<ProcessorTensor> tensors = new ArrayList<>();
    tensors.add(new ProcessorTensor("input_ids", Tensor.of(ids, 1, ids.length), StorageType.I64));
    tensors.add(
        new ProcessorTensor("attention_mask", Tensor.of(ones, 1, ids.length), StorageType.I64));
    tensors.addAll(processor.textTensors(ids, prepared.images()));
    tensors.addAll(prepared.images().tensors());
    return new ModelInputs(
        prepared.text().stream().map(TextPart::text).collect(Collectors.joining()),
        Arrays.stream(ids).boxed().toList(),
        PromptParts.of(prepared.pieces(), prepared.images()),
        imageInputs(prepared),
        tensors,
        processor.pixelLayout(),
        source.name());
  }

  private static List<ModelInputs.ImageInput> imageInputs(PreparedPrompt prepared) {
    List<ModelInputs.ImageInput> inputs = new ArrayList<>();
    for (int i = 0; i < prepared.pictures().size(); i++) {
      RgbImage picture = prepared.pictures().get(i).image();
      ProcessedImages.Size size = prepared.images().sizes().get(i);
      inputs.add(
          new ModelInputs.ImageInput(
              picture.width(),
              picture.height(),
              size.width(),
              size.height(),
              size.tokens(),
              size.tiles()));
    }
    return inputs;
  }
}
