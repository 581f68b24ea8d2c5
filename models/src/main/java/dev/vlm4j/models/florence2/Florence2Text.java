package dev.vlm4j.models.florence2;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.models.towers.BartDecoder;
import dev.vlm4j.models.towers.BartEncoder;
import dev.vlm4j.models.towers.BartSpec;
import dev.vlm4j.models.towers.PictureMerge;
import dev.vlm4j.spi.ModelAdapter;
import java.util.List;
import java.util.Set;

/**
 * The stages of the language model. The encoder reads features and embedded tokens in any order,
 * the decoder the encoder's result.
 *
 * @param spec the language model
 * @param tied whether a checkpoint without output layer uses the embedding for it
 */
record Florence2Text(BartSpec spec, boolean tied) {
  static final String INPUT_IDS = "input_ids";
  static final String IMAGE_INDEX = "image_index";
  static final String POSITION_IDS = "position_ids";
  static final String ENCODER_STATES = "encoder_states";
  static final String LOGIT_POSITIONS = "logit_positions";
  static final String HEAD = "lm_head";
  static final String BIAS = "final_logits_bias";
  static final String SCOPE = "model.language_model";

  /** Names of the embedding, which files hold once if all uses are tied. */
  private static final List<String> SHARED =
      List.of(
          SCOPE + ".shared",
          SCOPE + ".encoder.embed_tokens",
          SCOPE + ".decoder.embed_tokens",
          HEAD);

  /**
   * Builds the encoder's graph.
   *
   * @param weights graph names of the tensors that the checkpoint holds
   */
  Graph encoder(Set<String> weights) {
    GraphBuilder builder = new GraphBuilder(ModelAdapter.ENCODER);
    Dim rows = Dim.symbol("rows");
    Dim length = Dim.symbol("source");
    Value ids = builder.input(INPUT_IDS, DType.INT, rows, length);
    Value features =
        builder.input(
            Florence2Vision.FEATURES,
            DType.FLOAT,
            Dim.symbol("features"),
            Dim.fixed(spec.hiddenSize()));
    Value index = builder.input(IMAGE_INDEX, DType.INT, rows, length);
    Scope root = builder.root();
    Value embedded = embed(root, first(SHARED, weights), ids);
    Value merged = PictureMerge.merge(root, embedded, features, index);
    Value states = new BartEncoder(spec).hiddenStates(root.at(SCOPE + ".encoder"), merged);
    builder.output(ENCODER_STATES, states);
    return builder.build();
  }

  /**
   * Builds the decoder's graph.
   *
   * @param weights graph names of the tensors that the checkpoint holds
   */
  Graph decoder(Set<String> weights) {
    GraphBuilder builder = new GraphBuilder(ModelAdapter.DECODER);
    Dim rows = Dim.symbol("rows");
    Dim steps = Dim.symbol("new");
    Value ids = builder.input(INPUT_IDS, DType.INT, rows, steps);
    Value positions = builder.input(POSITION_IDS, DType.INT, rows, steps);
    Value source =
        builder.input(
            ENCODER_STATES, DType.FLOAT, rows, Dim.symbol("source"), Dim.fixed(spec.hiddenSize()));
    Value wanted = builder.input(LOGIT_POSITIONS, DType.INT, Dim.symbol("logit_positions"));
    Scope root = builder.root();
    Scope decoder = root.at(SCOPE + ".decoder");
    String own = SCOPE + ".decoder.embed_tokens";
    Value embedded = embed(root, holds(own, weights) ? own : first(SHARED, weights), ids);
    Value states =
        new BartDecoder(spec).hiddenStates(decoder, builder, embedded, positions, source);
    builder.output(ModelAdapter.LOGITS, logits(root, root.gather(states, 1, wanted), weights));
    return builder.build();
  }

  private Value logits(Scope root, Value states, Set<String> weights) {
    String head = holds(HEAD, weights) || !tied ? HEAD : first(SHARED, weights);
    Value logits = root.linear(states, table(root, head));
    return weights.contains(BIAS)
        ? root.add(logits, root.weight(BIAS, 1, spec.vocabSize()))
        : logits;
  }

  private Value embed(Scope root, String table, Value ids) {
    Value embedded = root.gather(table(root, table), 0, ids);
    return spec.embeddingScale() == 1 ? embedded : root.mul(embedded, spec.embeddingScale());
  }

  private Value table(Scope root, String name) {
    return root.at(name).weight("weight", spec.vocabSize(), spec.hiddenSize());
  }

  private static String first(List<String> names, Set<String> weights) {
    return names.stream().filter(name -> holds(name, weights)).findFirst().orElse(names.get(0));
  }

  private static boolean holds(String name, Set<String> weights) {
    return weights.contains(name + ".weight");
  }
}
