package dev.vlm4j.models.towers;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A decoder that reads tokens and picture features: embeds the tokens, puts the features into the
 * positions of the placeholders, and gives logits for chosen positions.
 *
 * @param decoder the decoder
 * @param textScope path of the decoder's weights
 * @param headScope path of the output layer
 * @param tied whether a checkpoint without output layer uses the embedding for it
 * @param layerFeatures after how many of the first layers further features are added to the hidden
 *     states of the placeholders
 */
public record CausalLanguageModel(
    LlamaDecoder decoder, String textScope, String headScope, boolean tied, int layerFeatures) {
  private static final String INPUT_IDS = "input_ids";
  private static final String POSITION_IDS = "position_ids";
  private static final String IMAGE_FEATURES = "image_features";
  private static final String IMAGE_INDEX = "image_index";
  private static final String LOGIT_POSITIONS = "logit_positions";

  /** Rejects features for layers that do not exist. */
  public CausalLanguageModel {
    if (layerFeatures > decoder.spec().layers()) {
      throw new IllegalArgumentException(
          layerFeatures + " features, " + decoder.spec().layers() + " layers");
    }
  }

  /** Makes a model whose pictures are seen by the first layer only. */
  public CausalLanguageModel(
      LlamaDecoder decoder, String textScope, String headScope, boolean tied) {
    this(decoder, textScope, headScope, tied, 0);
  }

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
    Value positionIds = builder.input(POSITION_IDS, DType.INT, positionDims(rows, steps));
    List<Value> features = new ArrayList<>();
    for (int i = 0; i <= layerFeatures; i++) {
      Dim count = Dim.symbol("features");
      features.add(builder.input(featureName(i), DType.FLOAT, count, hidden));
    }
    Value imageIndex = builder.input(IMAGE_INDEX, DType.INT, rows, steps);
    Value positions = builder.input(LOGIT_POSITIONS, DType.INT, Dim.symbol("logit_positions"));
    Scope root = builder.root();
    Scope text = root.at(textScope);
    Value embedded = root.gather(decoder.embedding(text), 0, inputIds);
    Value merged = PictureMerge.merge(root, embedded, features.get(0), imageIndex);
    Value states =
        decoder.hiddenStates(
            text,
            builder,
            merged,
            positionIds,
            (layer, hiddenStates) ->
                layer < layerFeatures
                    ? PictureMerge.add(root, hiddenStates, features.get(layer + 1), imageIndex)
                    : hiddenStates);
    Value chosen = root.gather(states, 1, positions);
    builder.output(ModelAdapter.LOGITS, root.linear(chosen, head(root, text, weights)));
    return builder.build();
  }

  private Dim[] positionDims(Dim rows, Dim steps) {
    int axes = decoder.spec().positionAxes();
    return axes == 1 ? new Dim[] {rows, steps} : new Dim[] {Dim.fixed(axes), rows, steps};
  }

  private static String featureName(int index) {
    return index == 0 ? IMAGE_FEATURES : "layer_features_" + (index - 1);
  }

  private Value head(Scope root, Scope text, Set<String> weights) {
    boolean inFile = weights.contains(headScope + ".weight");
    return tied && !inFile
        ? decoder.embedding(text)
        : root.at(headScope)
            .weight("weight", decoder.spec().vocabSize(), decoder.spec().hiddenSize());
  }

  /**
   * Returns the inputs of the runs over a prompt whose tokens stand at 0, 1, 2, ...
   *
   * @param promptIds ids of the prompt; placeholders included
   * @param imageToken id of the placeholder
   * @param features {@code [placeholders, hiddenSize]}, in the order of the placeholders
   * @param most how many tokens a run reads at most
   */
  public List<Map<String, Tensor>> promptInputs(
      int[] promptIds, int imageToken, Tensor features, int most) {
    int[][] positions = {IntStream.range(0, promptIds.length).toArray()};
    return promptInputs(promptIds, imageToken, List.of(features), positions, most);
  }

  /**
   * Returns the inputs of the runs over a prompt, which have about the same length. The last run
   * gives logits of the prompt's last position, those before it give none.
   *
   * @param promptIds ids of the prompt; placeholders included
   * @param imageToken id of the placeholder
   * @param features those that replace the placeholders, then those of the first layers: each
   *     {@code [placeholders, hiddenSize]}, in the order of the placeholders
   * @param positions of the tokens, along each axis
   * @param most how many tokens a run reads at most
   */
  public List<Map<String, Tensor>> promptInputs(
      int[] promptIds, int imageToken, List<Tensor> features, int[][] positions, int most) {
    int[] ids = promptIds.clone();
    int[] imageIndex = new int[ids.length];
    int images = 0;
    for (int i = 0; i < ids.length; i++) {
      boolean isImage = ids[i] == imageToken;
      imageIndex[i] = isImage ? images++ : PictureMerge.TOKEN;
      ids[i] = isImage ? 0 : ids[i];
    }
    List<Map<String, Tensor>> runs = new ArrayList<>();
    int parts = 1 + (ids.length - 1) / most;
    for (int part = 0; part < parts; part++) {
      int start = share(ids.length, part, parts);
      int end = share(ids.length, part + 1, parts);
      int[] flat =
          Arrays.stream(positions).flatMapToInt(axis -> Arrays.stream(axis, start, end)).toArray();
      int[] tokens = Arrays.copyOfRange(ids, start, end);
      int[] index = Arrays.copyOfRange(imageIndex, start, end);
      Map<String, Tensor> run = inputs(tokens, index, flat, features, 1);
      if (part < parts - 1) {
        run.put(LOGIT_POSITIONS, Tensor.of(new int[0], 0));
      }
      runs.add(run);
    }
    return runs;
  }

  /** Where a part starts if all are of one length, as near as may be: each reads all weights. */
  private static int share(int length, int part, int parts) {
    return (int) ((long) length * part / parts);
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
   * @param position its position, the same in every row and along every axis
   */
  public Map<String, Tensor> stepInputs(int[] tokenIds, int position) {
    int[] positions = new int[decoder.spec().positionAxes() * tokenIds.length];
    int[] imageIndex = new int[tokenIds.length];
    Arrays.fill(positions, position);
    Arrays.fill(imageIndex, PictureMerge.TOKEN);
    List<Tensor> features = Collections.nCopies(layerFeatures + 1, noFeatures());
    return inputs(tokenIds.clone(), imageIndex, positions, features, tokenIds.length);
  }

  private Map<String, Tensor> inputs(
      int[] ids, int[] imageIndex, int[] positions, List<Tensor> features, int rows) {
    int steps = ids.length / rows;
    int axes = decoder.spec().positionAxes();
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put(INPUT_IDS, Tensor.of(ids, rows, steps));
    inputs.put(
        POSITION_IDS,
        axes == 1 ? Tensor.of(positions, rows, steps) : Tensor.of(positions, axes, rows, steps));
    for (int i = 0; i <= layerFeatures; i++) {
      inputs.put(featureName(i), features.get(i));
    }
    inputs.put(IMAGE_INDEX, Tensor.of(imageIndex, rows, steps));
    inputs.put(LOGIT_POSITIONS, Tensor.of(new int[] {steps - 1}, 1));
    return inputs;
  }
}
