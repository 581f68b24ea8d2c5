package dev.vlm4j.models.florence2;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.AnswerParser;
import dev.vlm4j.spi.GenerationSource;
import dev.vlm4j.spi.KeyTable;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.PixelLayout;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.PromptFormat;
import dev.vlm4j.spi.RequestFeed;
import dev.vlm4j.spi.TextPart;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One Florence-2 checkpoint. */
final class Florence2Adapter implements ModelAdapter {
  private final Florence2Layout layout;
  private final Florence2Vision vision;
  private final Florence2Processor processor;
  private final Florence2Text text;
  private final Florence2AnswerParser parser;
  private final int imageToken;
  private final int startToken;

  Florence2Adapter(
      Florence2Config config,
      Florence2Vision vision,
      Florence2Processor processor,
      Florence2Text text,
      Florence2AnswerParser parser,
      int startToken) {
    this.layout = config.layout();
    this.vision = vision;
    this.processor = processor;
    this.text = text;
    this.parser = parser;
    this.imageToken = config.imageToken();
    this.startToken = startToken;
  }

  @Override
  public KeyTable keys() {
    return Florence2Keys.of(layout, vision.tower());
  }

  @Override
  public List<Graph> stages(Set<String> weights) {
    return List.of(vision.graph(weights), text.encoder(weights), text.decoder(weights));
  }

  /** Encoder and decoder have as many positions each. */
  @Override
  public int contextLength() {
    return text.spec().maxPositions();
  }

  /** The authors' code generates with the language model alone, which has no file of its own. */
  @Override
  public GenerationSource generationSource() {
    return layout == Florence2Layout.LEGACY
        ? GenerationSource.TEXT_CONFIG
        : GenerationSource.GENERATION_CONFIG;
  }

  @Override
  public ProcessedImages process(List<Picture> pictures) {
    return processor.process(pictures);
  }

  @Override
  public Optional<PixelLayout> pixelLayout() {
    return Optional.of(processor.pipeline().layout());
  }

  @Override
  public Optional<PromptFormat> promptFormat() {
    return Optional.of(new Florence2Prompts(layout));
  }

  @Override
  public List<TextPart> expand(List<TextPart> rendered, ProcessedImages images) {
    return processor.expand(rendered, images);
  }

  @Override
  public RequestFeed feed(int[] promptIds, ProcessedImages images) {
    int features = images.sizes().size() * vision.tokens();
    Florence2Feed.Source source =
        layout == Florence2Layout.LEGACY
            ? Florence2Feed.Source.inFront(promptIds, features)
            : Florence2Feed.Source.ofPlaceholders(promptIds, imageToken);
    checkFeatures(source.features(), features);
    return new Florence2Feed(text.spec(), startToken, source, images);
  }

  @Override
  public Optional<AnswerParser> answerParser() {
    return Optional.of(parser);
  }

  /** Every feature must reach exactly one placeholder; anything else would be silently wrong. */
  private static void checkFeatures(long placeholders, int features) {
    if (placeholders != features) {
      throw new VlmException(
          ErrorCode.IMAGE_COUNT_MISMATCH,
          "the prompt has "
              + placeholders
              + " picture tokens, the vision tower gives "
              + features
              + " features: image_seq_length of the processor's files, image_token_id of"
              + " config.json and the tokenizer do not belong together");
    }
  }
}
