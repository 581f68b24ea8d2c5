package dev.vlm4j.models.qwenvl;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.models.image.patches.PatchGrid;
import dev.vlm4j.models.image.patches.PatchProcessor;
import dev.vlm4j.models.towers.CausalLanguageModel;
import dev.vlm4j.spi.BoxFrame;
import dev.vlm4j.spi.ImageSetting;
import dev.vlm4j.spi.KeyTable;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.PixelLayout;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.RequestFeed;
import dev.vlm4j.spi.TextPart;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One Qwen-VL checkpoint. */
final class QwenVlAdapter implements ModelAdapter {
  /** The layouts of transformers 4.45 to 4.51, and of 4.52 on. */
  private static final KeyTable KEYS =
      KeyTable.identity()
          .prefix("visual.", "model.visual.")
          .prefix("model.", "model.language_model.")
          .prefix("model.visual.", "model.visual.")
          .prefix("model.language_model.", "model.language_model.")
          .ignore(".*\\.rotary_(pos_)?emb\\.inv_freq");

  private final PatchProcessor processor;
  private final QwenVision vision;
  private final CausalLanguageModel language;
  private final int imageToken;
  private final BoxFrame boxFrame;

  QwenVlAdapter(
      PatchProcessor processor,
      QwenVision vision,
      CausalLanguageModel language,
      int imageToken,
      BoxFrame boxFrame) {
    this.processor = processor;
    this.vision = vision;
    this.language = language;
    this.imageToken = imageToken;
    this.boxFrame = boxFrame;
  }

  @Override
  public KeyTable keys() {
    return KEYS;
  }

  @Override
  public List<Graph> stages(Set<String> weights) {
    return List.of(vision.graph(), language.graph(weights));
  }

  @Override
  public int contextLength() {
    return language.decoder().spec().maxPositions();
  }

  @Override
  public Set<ImageSetting> imageSettings() {
    return processor.imageSettings();
  }

  @Override
  public ProcessedImages process(List<Picture> pictures) {
    return processor.process(pictures);
  }

  @Override
  public Optional<PixelLayout> pixelLayout() {
    return processor.pixelLayout();
  }

  @Override
  public List<TextPart> expand(List<TextPart> rendered, ProcessedImages images) {
    return processor.expand(rendered, images);
  }

  @Override
  public List<ProcessorTensor> textTensors(int[] promptIds, ProcessedImages images) {
    return processor.textTensors(promptIds, images);
  }

  @Override
  public RequestFeed feed(int[] promptIds, ProcessedImages images) {
    List<PatchGrid> grids =
        images.sizes().stream().map(size -> processor.grid(size.height(), size.width())).toList();
    float[] patches =
        grids.isEmpty() ? new float[0] : images.tensor(PatchProcessor.PIXEL_VALUES).floats();
    return new QwenVlFeed(vision, language, imageToken, promptIds, grids, patches);
  }

  @Override
  public Optional<BoxFrame> boxFrame() {
    return Optional.of(boxFrame);
  }
}
