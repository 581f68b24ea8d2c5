package dev.vlm4j.conformance.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.vlm4j.backend.reference.ReferenceBackendProvider;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphTaps;
import dev.vlm4j.graph.Node;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.spi.Tolerance;
import java.util.Arrays;
import java.util.Map;

/**
 * Finds the first node of a graph at which a backend leaves the reference backend.
 *
 * @param taps every node of floats
 * @param expected what the reference backend computes at them
 * @param actual what the backend computes at them
 * @param tolerance how far the two may lie apart
 */
record Divergence(
    GraphTaps taps, Map<String, Tensor> expected, Map<String, Tensor> actual, Tolerance tolerance) {

  /** Returns a sentence about the first node that differs, for the message of a failed test. */
  static String describe(
      StagedCheckpoint checkpoint,
      Backend backend,
      Graph graph,
      Map<String, Tensor> inputs,
      Tolerance tolerance) {
    GraphTaps taps = GraphTaps.atNodes(graph);
    try (Backend reference = new ReferenceBackendProvider().create(BackendOptions.DEFAULT)) {
      return new Divergence(
              taps,
              checkpoint.run(reference, taps.graph(), inputs, taps.nodes().keySet()),
              checkpoint.run(backend, taps.graph(), inputs, taps.nodes().keySet()),
              tolerance)
          .sentence();
    } catch (VlmException e) {
      return "the nodes cannot be compared one by one: " + e.getMessage();
    }
  }

  private String sentence() {
    return taps.firstDifference(expected, actual, this::agree)
        .map(this::sentence)
        .orElse(
            "all %d nodes agree with the reference backend one by one"
                .formatted(taps.nodes().size()));
  }

  private String sentence(String tap) {
    Node node = requireNonNull(taps.nodes().get(tap));
    return "the first node that differs from the reference backend is %s in %s: %s"
        .formatted(
            node.op(),
            node.scope().isEmpty() ? "the root" : node.scope(),
            difference(requireNonNull(expected.get(tap)), requireNonNull(actual.get(tap))));
  }

  private boolean agree(Tensor wanted, Tensor got) {
    return Arrays.equals(wanted.sizes(), got.sizes()) && !difference(wanted, got).exists();
  }

  private FloatDifference difference(Tensor wanted, Tensor got) {
    return FloatDifference.of(wanted.floats(), got.floats(), tolerance);
  }
}
