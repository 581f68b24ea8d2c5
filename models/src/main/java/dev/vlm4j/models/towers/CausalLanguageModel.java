package dev.vlm4j.models.towers;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Binary;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A decoder that reads tokens and picture features: embeds the tokens, puts the features into the
 * positions of the placeholders, and gives logits for chosen positions.
 *
 * @param decoder the decoder
 * @param textScope path of the decoder's weights
 * @param headScope path of the output layer
 * @param tied whether a checkpoint without output layer uses the embedding for it
 */
public record CausalLanguageModel(
    LlamaDecoder decoder, String textScope, String headScope, boolean tied) {
  private static final String INPUT_IDS = "input_ids";
  private static final String POSITION_IDS = "position_ids";
  private static final String IMAGE_FEATURES = "image_features";
  private static final String IMAGE_INDEX = "image_index";
  private static final String LOGIT_POSITIONS = "logit_positions";
  private static final int NO_IMAGE = -1;

  /**
   * Builds the decoder's graph.
   *
   * @param weights graph names of the tensors that the checkpoint holds
   */
  public Graph graph(Set<String> weights) {
    GraphBuilder builder = new GraphBuilder(ModelAdapter.DECODER);
    Dim rows = Dim.symbol("rows");
    Dim steps = Dim.symbol("new");
    Dim hidden = Dim.fixed(decoder.spec().hiddenSize());
    Value inputIds = builder.input(INPUT_IDS, DType.INT, rows, steps);
    Value positionIds = builder.input(POSITION_IDS, DType.INT, rows, steps);
    Value features = builder.input(IMAGE_FEATURES, DType.FLOAT, Dim.symbol("features"), hidden);
    Value imageIndex = builder.input(IMAGE_INDEX, DType.INT, rows, steps);
    Value positions = builder.input(LOGIT_POSITIONS, DType.INT, Dim.symbol("logit_positions"));
    Scope root = builder.root();
    Scope text = root.at(textScope);
    Value embedded = root.gather(decoder.embedding(text), 0, inputIds);
    Value merged = merge(root, embedded, features, imageIndex);
    Value states = decoder.hiddenStates(text, builder, merged, positionIds);
    Value chosen = root.gather(states, 1, positions);
    builder.output(ModelAdapter.LOGITS, root.linear(chosen, head(root, text, weights)));
    return builder.build();
  }

  private static Value merge(Scope at, Value embedded, Value features, Value imageIndex) {
    Value zero = at.scalar(DType.INT, 0);
    Value isImage = at.lessOrEqual(zero, imageIndex);
    Value row = at.binary(Binary.Function.MAX, imageIndex, zero);
    Value perPosition = at.gather(features, 0, row);
    Value mask = at.reshape(isImage, isImage.dim(0), isImage.dim(1), Dim.fixed(1));
    return at.select(mask, perPosition, embedded);
  }

  private Value head(Scope root, Scope text, Set<String> weights) {
    boolean inFile = weights.contains(headScope + ".weight");
    return tied && !inFile
        ? decoder.embedding(text)
        : root.at(headScope)
            .weight("weight", decoder.spec().vocabSize(), decoder.spec().hiddenSize());
  }

  /**
   * Returns the inputs of a run over a whole prompt.
   *
   * @param promptIds ids of the prompt; placeholders included
   * @param imageToken id of the placeholder
   * @param features {@code [placeholders, hiddenSize]}, in the order of the placeholders
   */
  public Map<String, Tensor> promptInputs(int[] promptIds, int imageToken, Tensor features) {
    int[] ids = promptIds.clone();
    int[] positions = new int[ids.length];
    int[] imageIndex = new int[ids.length];
    int images = 0;
    for (int i = 0; i < ids.length; i++) {
      positions[i] = i;
      boolean isImage = ids[i] == imageToken;
      imageIndex[i] = isImage ? images++ : NO_IMAGE;
      ids[i] = isImage ? 0 : ids[i];
    }
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put(INPUT_IDS, Tensor.of(ids, 1, ids.length));
    inputs.put(POSITION_IDS, Tensor.of(positions, 1, ids.length));
    inputs.put(IMAGE_FEATURES, features);
    inputs.put(IMAGE_INDEX, Tensor.of(imageIndex, 1, ids.length));
    inputs.put(LOGIT_POSITIONS, Tensor.of(new int[] {ids.length - 1}, 1));
    return inputs;
  }

  /** Returns features for a run without pictures: one row that no position refers to. */
  public Tensor noFeatures() {
    int hidden = decoder.spec().hiddenSize();
    return Tensor.of(new float[hidden], 1, hidden);
  }

  /**
   * Returns the inputs of one step.
   *
   * @param tokenIds newest token of every row
   * @param position its position, the same in every row
   */
  public Map<String, Tensor> stepInputs(int[] tokenIds, int position) {
    int rows = tokenIds.length;
    int[] positions = new int[rows];
    int[] imageIndex = new int[rows];
    Arrays.fill(positions, position);
    Arrays.fill(imageIndex, NO_IMAGE);
    return Map.of(
        INPUT_IDS, Tensor.of(tokenIds.clone(), rows, 1),
        POSITION_IDS, Tensor.of(positions, rows, 1),
        IMAGE_FEATURES, noFeatures(),
        IMAGE_INDEX, Tensor.of(imageIndex, rows, 1),
        LOGIT_POSITIONS, Tensor.of(new int[] {0}, 1));
  }
}
