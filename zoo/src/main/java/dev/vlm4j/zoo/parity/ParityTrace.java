package dev.vlm4j.zoo.parity;

import java.util.Optional;

/**
 * Where an engine leaves the base: the first place, in the order of the graph, in the first run
 * that is beyond its tolerance. Both engines get the base's inputs.
 *
 * @param stage the graph, for example {@code decoder}
 * @param run number of the run of that graph, from 0; a decoder's run 0 is the prompt
 * @param place empty if the places agree one by one: an engine may fuse less when it has to show
 *     them
 */
public record ParityTrace(String stage, int run, Optional<Place> place) {
  /**
   * A place in a graph.
   *
   * @param scope path of the module, equal to the prefix of its checkpoint keys; may be empty
   * @param operator the operator whose result differs
   * @param difference largest absolute difference
   * @param limit the most that is allowed
   */
  public record Place(String scope, String operator, double difference, double limit) {}
}
