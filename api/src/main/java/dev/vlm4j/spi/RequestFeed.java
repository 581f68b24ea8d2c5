package dev.vlm4j.spi;

import dev.vlm4j.graph.State;
import java.util.List;
import java.util.Map;

/**
 * What the stages are fed in one request, in this order: {@link #vision()} once per run, {@link
 * #encoder} if there is an encoder, {@link #prompt(Map)} once or its parts, {@link #step} for every
 * further token. For one thread.
 */
public interface RequestFeed {
  /**
   * Returns the inputs of the runs of the vision stage, one map per run; empty without pictures.
   * The results of several runs are joined along their first axis, in order.
   */
  List<Map<String, Tensor>> vision();

  /**
   * Returns the inputs of the encoder's run; empty without an encoder.
   *
   * @param vision results of the vision stage; empty without pictures
   */
  default Map<String, Tensor> encoder(Map<String, Tensor> vision) {
    return Map.of();
  }

  /** Returns the ids that the answer continues: the prompt's, or an encoder-decoder's start. */
  int[] startIds();

  /** Returns the most new tokens that the answer can have; 0 or less if the prompt is too long. */
  int room();

  /**
   * Returns how many positions the caches of each group must hold.
   *
   * @param newTokens the most tokens of the answer
   */
  default Map<String, Integer> capacities(int newTokens) {
    return Map.of(State.SELF, startIds().length + newTokens);
  }

  /**
   * Returns the decoder's inputs for one row of {@link #startIds()}, giving logits of the last
   * position.
   *
   * @param features results of the encoder, or of the vision stage if there is no encoder
   */
  Map<String, Tensor> prompt(Map<String, Tensor> features);

  /**
   * Returns the decoder's inputs for {@link #startIds()} in parts that are run one after the other,
   * the last one giving logits of its last position, the others none. Where a model must see all
   * positions at once, there is one part, whatever is asked for.
   *
   * @param features as for {@link #prompt(Map)}
   * @param most how many positions a part should have at most
   */
  default List<Map<String, Tensor>> prompt(Map<String, Tensor> features, int most) {
    return List.of(prompt(features));
  }

  /**
   * Returns the decoder's inputs of one step.
   *
   * @param tokenIds the newest token of every row
   * @param position number of positions that the caches of the group {@link State#SELF} hold
   */
  Map<String, Tensor> step(int[] tokenIds, int position);
}
