package dev.vlm4j.models.florence2;

import dev.vlm4j.graph.State;
import dev.vlm4j.models.towers.BartSpec;
import dev.vlm4j.models.towers.PictureMerge;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.RequestFeed;
import dev.vlm4j.spi.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One request.
 *
 * @param spec the language model
 * @param startToken what every answer starts from
 * @param source what the encoder reads: ids of tokens, or numbers of features
 * @param images the pictures
 */
record Florence2Feed(BartSpec spec, int startToken, Source source, ProcessedImages images)
    implements RequestFeed {

  /**
   * What the encoder reads.
   *
   * @param ids ids of tokens; 0 where there is a feature
   * @param index numbers of features; {@link PictureMerge#TOKEN} where there is a token
   */
  record Source(int[] ids, int[] index) {
    /** Features take the places of the placeholders. */
    static Source ofPlaceholders(int[] promptIds, int imageToken) {
      int[] ids = promptIds.clone();
      int[] index = new int[ids.length];
      int features = 0;
      for (int i = 0; i < ids.length; i++) {
        boolean isFeature = ids[i] == imageToken;
        index[i] = isFeature ? features++ : PictureMerge.TOKEN;
        ids[i] = isFeature ? 0 : ids[i];
      }
      return new Source(ids, index);
    }

    /** Features come before all tokens. */
    static Source inFront(int[] promptIds, int features) {
      int[] ids = new int[features + promptIds.length];
      int[] index = new int[ids.length];
      Arrays.setAll(index, i -> i < features ? i : PictureMerge.TOKEN);
      System.arraycopy(promptIds, 0, ids, features, promptIds.length);
      return new Source(ids, index);
    }

    int length() {
      return ids.length;
    }

    long features() {
      return Arrays.stream(index).filter(i -> i != PictureMerge.TOKEN).count();
    }
  }

  @Override
  public List<Map<String, Tensor>> vision() {
    return images.sizes().isEmpty()
        ? List.of()
        : List.of(
            Map.of(Florence2Vision.PIXEL_VALUES, images.tensor(Florence2Vision.PIXEL_VALUES)));
  }

  @Override
  public Map<String, Tensor> encoder(Map<String, Tensor> vision) {
    Tensor features = vision.get(Florence2Vision.FEATURES);
    return Map.of(
        Florence2Text.INPUT_IDS, Tensor.of(source.ids(), 1, source.length()),
        Florence2Text.IMAGE_INDEX, Tensor.of(source.index(), 1, source.length()),
        Florence2Vision.FEATURES, features == null ? states(1) : features);
  }

  /** Returns zeros for a run without features: one row that no position refers to. */
  private Tensor states(int count) {
    return Tensor.of(new float[count * spec.hiddenSize()], count, spec.hiddenSize());
  }

  @Override
  public int[] startIds() {
    return new int[] {startToken};
  }

  /** Encoder and decoder have positions of their own. */
  @Override
  public int room() {
    return source.length() > spec.maxPositions() ? 0 : spec.maxPositions() - 1;
  }

  @Override
  public Map<String, Integer> capacities(int newTokens) {
    return Map.of(State.SELF, 1 + newTokens, State.CROSS, source.length());
  }

  @Override
  public Map<String, Tensor> prompt(Map<String, Tensor> features) {
    Tensor states = features.get(Florence2Text.ENCODER_STATES);
    if (states == null) {
      throw new IllegalArgumentException("the decoder needs the encoder's result");
    }
    return inputs(startIds(), 0, states);
  }

  /** Keys and values of the encoder are in the caches already. */
  @Override
  public Map<String, Tensor> step(int[] tokenIds, int position) {
    int rows = tokenIds.length;
    return inputs(tokenIds.clone(), position, Tensor.of(new float[0], rows, 0, spec.hiddenSize()));
  }

  private static Map<String, Tensor> inputs(int[] ids, int position, Tensor states) {
    int[] positions = new int[ids.length];
    Arrays.fill(positions, position);
    return Map.of(
        Florence2Text.INPUT_IDS, Tensor.of(ids, ids.length, 1),
        Florence2Text.POSITION_IDS, Tensor.of(positions, ids.length, 1),
        Florence2Text.ENCODER_STATES, states,
        Florence2Text.LOGIT_POSITIONS, Tensor.of(new int[] {0}, 1));
  }
}
