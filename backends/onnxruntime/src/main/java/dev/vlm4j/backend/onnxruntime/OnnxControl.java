package dev.vlm4j.backend.onnxruntime;

import dev.vlm4j.graph.Dim;
import java.util.List;

/**
 * A number that a session hands to the engine in every run, one tensor for each group of states.
 *
 * @param kind which number
 * @param group name of the group of states
 */
record OnnxControl(Kind kind, String group) {
  /** The numbers. */
  enum Kind {
    /** Positions that each row held before the run. */
    PAST,
    /** Index of the last position of each row in the run. */
    LAST,
    /** Positions of the longest row in the run, a scalar. */
    TOTAL
  }

  String inputName() {
    return "control/" + kind + "/" + group;
  }

  List<Dim> dims() {
    return kind == Kind.TOTAL ? List.of() : List.of(Dim.symbol("rows of " + group));
  }
}
