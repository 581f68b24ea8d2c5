package dev.vlm4j.models.llava;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.models.towers.CausalLanguageModel;
import dev.vlm4j.spi.KeyTable;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.PixelLayout;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.RequestFeed;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.spi.TextPart;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One LLaVA checkpoint. */
final class LlavaAdapter implements ModelAdapter {
  private final LlavaVision vision;
  private final LlavaProcessor processor;
  private final CausalLanguageModel language;
  private final int imageToken;

  LlavaAdapter(
      LlavaVision vision, LlavaProcessor processor, CausalLanguageModel language, int imageToken) {
    this.vision = vision;
    this.processor = processor;
    this.language = language;
    this.imageToken = imageToken;
  }

  /** The layouts of transformers 4.36 to 4.51, of 4.52 on, and of 5. */
  @Override
  public KeyTable keys() {
    KeyTable table =
        KeyTable.identity()
            .prefix("language_model.model.", "model.language_model.")
            .prefix("language_model.lm_head.", "lm_head.")
            .prefix("vision_tower.", "model.vision_tower.")
            .prefix("vision_tower.vision_model.", "model.vision_tower.")
            .prefix("model.vision_tower.vision_model.", "model.vision_tower.")
            .prefix("multi_modal_projector.", "model.multi_modal_projector.")
            .ignore("model\\.vision_tower\\.post_layernorm\\..*")
            .ignore("model\\.vision_tower\\.head\\..*")
            .ignore("model\\.vision_tower\\.embeddings\\.position_ids")
            .ignore("model\\.language_model\\.(.*\\.)?rotary_emb\\.inv_freq");
    for (int layer = vision.layersUsed(); layer < vision.tower().layers(); layer++) {
      table = table.ignore("model\\.vision_tower\\.encoder\\.layers\\." + layer + "\\..*");
    }
    return table;
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
  public ProcessedImages process(List<Picture> pictures) {
    return processor.process(pictures.stream().map(Picture::converted).toList());
  }

  @Override
  public Optional<PixelLayout> pixelLayout() {
    return Optional.of(processor.pipeline().layout());
  }

  @Override
  public List<TextPart> expand(List<TextPart> rendered, ProcessedImages images) {
    return processor.expand(rendered, images);
  }

  @Override
  public RequestFeed feed(int[] promptIds, ProcessedImages images) {
    return new RequestFeed() {
      @Override
      public List<Map<String, Tensor>> vision() {
        return images.sizes().isEmpty() ? List.of() : List.of(visionInputs(images));
      }

      @Override
      public int[] startIds() {
        return promptIds.clone();
      }

      @Override
      public int room() {
        return contextLength() - promptIds.length;
      }

      @Override
      public Map<String, Tensor> prompt(Map<String, Tensor> visionResults) {
        return prompt(visionResults, promptIds.length).get(0);
      }

      @Override
      public List<Map<String, Tensor>> prompt(Map<String, Tensor> visionResults, int most) {
        Tensor features = visionResults.get(LlavaVision.FEATURES);
        checkFeatures(promptIds, features == null ? 0 : features.size(0));
        return language.promptInputs(
            promptIds, imageToken, features == null ? language.noFeatures() : features, most);
      }

      @Override
      public Map<String, Tensor> step(int[] tokenIds, int position) {
        return language.stepInputs(tokenIds, position);
      }
    };
  }

  private Map<String, Tensor> visionInputs(ProcessedImages images) {
    Tensor pixels = images.tensor(LlavaVision.PIXEL_VALUES);
    int side = vision.tower().imageSize();
    if (pixels.size(2) != side || pixels.size(3) != side) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "the processor makes pictures of "
              + pixels.size(3)
              + " x "
              + pixels.size(2)
              + " pixels, the vision tower wants "
              + side
              + " x "
              + side
              + ": preprocessor_config.json and config.json do not belong together");
    }
    return Map.of(LlavaVision.PIXEL_VALUES, pixels);
  }

  /** Every feature must reach exactly one placeholder; anything else would be silently wrong. */
  private void checkFeatures(int[] promptIds, long features) {
    long placeholders = Arrays.stream(promptIds).filter(id -> id == imageToken).count();
    if (placeholders != features) {
      throw new VlmException(
          ErrorCode.IMAGE_COUNT_MISMATCH,
          "the prompt has "
              + placeholders
              + " picture tokens, the vision tower gives "
              + features
              + " features: processor_config.json (patch_size, num_additional_image_tokens,"
              + " vision_feature_select_strategy) and config.json do not belong together");
    }
  }
}
