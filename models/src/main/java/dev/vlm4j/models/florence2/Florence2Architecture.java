package dev.vlm4j.models.florence2;

import static dev.vlm4j.models.towers.ConfigValues.orElse;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.ImagePipeline;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.ModelAdapter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Florence-2: {@code model_type} {@code florence2}, in both of its layouts. */
public final class Florence2Architecture implements Architecture {
  /** How many placeholders the reference's processor writes for a picture. */
  private record Placeholders(@Nullable Integer imageSeqLength) {}

  private record Start(@Nullable Integer decoderStartTokenId) {}

  @Override
  public String name() {
    return "florence2";
  }

  @Override
  public List<String> modelTypes() {
    return List.of("florence2");
  }

  @Override
  public List<String> testedCheckpoints() {
    return List.of(
        "microsoft/Florence-2-base",
        "microsoft/Florence-2-large",
        "microsoft/Florence-2-large-ft",
        "florence-community/Florence-2-base",
        "florence-community/Florence-2-large");
  }

  @Override
  public Set<ImageBackend> imageBackends() {
    return Set.of(ImageBackend.values());
  }

  @Override
  public List<String> addedTokens() {
    return Florence2Tokens.all();
  }

  @Override
  public ModelAdapter adapt(CheckpointConfig files) {
    Florence2Config config = files.model(Florence2Config.class);
    Florence2Layout layout = config.layout();
    checkTokens(files, layout);
    ImagePipeline pipeline = ImagePipeline.of(files, "CLIPImageProcessor");
    Extent extent = pipeline.fixedExtent();
    DavitSpec tower = config.vision().resolve();
    Florence2Vision vision = new Florence2Vision(tower, config.projector(tower), extent);
    int tokens =
        layout == Florence2Layout.LEGACY
            ? vision.tokens()
            : orElse(files.processor(Placeholders.class).imageSeqLength(), vision.tokens());
    return new Florence2Adapter(
        config,
        vision,
        new Florence2Processor(pipeline, extent, tokens, layout),
        new Florence2Text(config.language(), config.tied()),
        Florence2AnswerParser.of(files),
        startToken(files, config));
  }

  private static void checkTokens(CheckpointConfig files, Florence2Layout layout) {
    files.tokenId(Florence2Prompts.START);
    files.tokenId(Florence2Prompts.END);
    if (layout == Florence2Layout.NATIVE) {
      files.tokenId(Florence2Prompts.IMAGE);
    }
  }

  private static int startToken(CheckpointConfig files, Florence2Config config) {
    int ofModel = config.text().startToken();
    return config.layout() == Florence2Layout.LEGACY
        ? ofModel
        : orElse(files.generation(Start.class).decoderStartTokenId(), ofModel);
  }
}
