package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.op.CacheAppend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * Caches in variables of shape {@code [capacity, rows, heads, headDim]}. With the position as first
 * axis, new positions are written in place, each row behind its own, and only the positions in use
 * are read.
 */
final class TensorFlowCacheOps {
  /**
   * What all appends of a group share.
   *
   * @param cells row and position of every new element, {@code [new, rows, 2]}
   * @param used the positions in use after the run
   */
  private record Growth(Output<?> cells, Output<?> used) {}

  private final TensorFlowGraphWriter writer;
  private final TensorFlowValues values;
  private final TensorFlowVariables variables;
  private final List<State> states;
  private final Output<?> handles;
  private final Map<String, Output<?>> lengths = new LinkedHashMap<>();
  private final Map<String, Growth> growths = new HashMap<>();
  private final List<Operation> writes = new ArrayList<>();

  TensorFlowCacheOps(
      Graph graph,
      TensorFlowGraphWriter writer,
      TensorFlowValues values,
      TensorFlowVariables variables) {
    this.writer = writer;
    this.values = values;
    this.variables = variables;
    states = graph.states();
    handles = writer.placeholder(DataType.DT_STRING, states.size());
  }

  /** Returns the input that takes the serialised handles of all states, in the graph's order. */
  Output<?> handles() {
    return handles;
  }

  /** Returns the inputs that take the lengths of the rows, by group. */
  Map<String, Output<?>> lengths() {
    return lengths;
  }

  /** Returns the operations that every run must execute. */
  List<Operation> writes() {
    return writes;
  }

  Output<?> lengths(String group) {
    return lengths.computeIfAbsent(
        group, key -> writer.placeholder(DataType.DT_INT32, Shape.of(-1)));
  }

  Output<?> append(Node node, CacheAppend op) {
    String group = op.state().group();
    Growth growth = growths.computeIfAbsent(group, key -> growth(node, key));
    Output<?> handle = variables.parse(writer.element(handles, states.indexOf(op.state())));
    Output<?> updates = writer.transpose(values.of(node, 0), 1, 0, 2, 3);
    Operation write =
        writer.operation("ResourceScatterNdUpdate", handle, growth.cells(), updates).build();
    writes.add(write);
    Output<?> contents = variables.gather(handle, growth.used(), write);
    return writer.transpose(contents, 1, 2, 0, 3);
  }

  private Growth growth(Node node, String group) {
    Output<?> rows = lengths(group);
    Output<?> added = values.length(node.input(0), 1);
    Output<?> steps = writer.expandDims(writer.range(added), 1);
    Output<?> positions = writer.add("AddV2", steps, writer.expandDims(rows, 0));
    Output<?> numbers = writer.range(writer.length(rows, 0));
    Output<?> rowNumbers = writer.add("BroadcastTo", numbers, writer.add("Shape", positions));
    Output<?> longest = writer.add("Max", rows, writer.constant(0));
    return new Growth(
        writer.pack(2, positions, rowNumbers), writer.range(writer.add("AddV2", longest, added)));
  }
}
