package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.DimSource;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Output;

/** The TensorFlow counterparts of the values lowered so far, and their lengths at run time. */
final class TensorFlowValues {
  private record Axis(Value value, int number) {}

  private final Graph graph;
  private final TensorFlowGraphWriter writer;
  private final Map<Value, Output<?>> outputs = new HashMap<>();
  private final Map<Axis, Output<?>> lengths = new HashMap<>();

  TensorFlowValues(Graph graph, TensorFlowGraphWriter writer) {
    this.graph = graph;
    this.writer = writer;
  }

  void put(Value value, Output<?> output) {
    outputs.put(value, output);
  }

  Output<?> of(Value value) {
    Output<?> output = outputs.get(value);
    if (output == null) {
      throw new IllegalStateException(value + " is not lowered yet");
    }
    return output;
  }

  Output<?> of(Node node, int operand) {
    return of(node.input(operand));
  }

  /** Returns the lengths of a shape as a vector of integers. */
  Output<?> shape(Node node, Shape shape) {
    if (shape.isFixed()) {
      return writer.vector(ints(shape));
    }
    Output<?>[] axes =
        shape.dims().stream().map(dim -> length(node, dim)).toArray(Output<?>[]::new);
    return writer.pack(0, axes);
  }

  /** Returns a shape for a reshape, where one unknown length need not be measured. */
  Output<?> target(Node node, Shape shape) {
    List<Dim> symbolic = shape.dims().stream().filter(dim -> !dim.isFixed()).toList();
    boolean inferable =
        symbolic.size() == 1
            && shape.dims().stream().noneMatch(dim -> dim.isFixed() && dim.size() == 0);
    return inferable ? writer.vector(ints(shape)) : shape(node, shape);
  }

  /** Returns one length as a scalar. */
  Output<?> length(Node node, Dim dim) {
    if (dim.isFixed()) {
      return writer.constant(Math.toIntExact(dim.size()));
    }
    DimSource source = DimSource.find(graph, node, dim).orElseThrow();
    Output<?> measured = length(source.value(), source.axis());
    return source.isExact() ? measured : evaluate(measured, dim);
  }

  /** Returns the length of an axis as a scalar, measured once per run. */
  Output<?> length(Value value, int axis) {
    Dim dim = value.dim(axis);
    if (dim.isFixed()) {
      return writer.constant(Math.toIntExact(dim.size()));
    }
    return lengths.computeIfAbsent(
        new Axis(value, axis), key -> writer.length(of(key.value()), key.number()));
  }

  private Output<?> evaluate(Output<?> symbol, Dim dim) {
    Output<?> scaled =
        writer.add("Mul", symbol, writer.constant(Math.toIntExact(dim.multiplier())));
    Output<?> divided =
        writer.add("FloorDiv", scaled, writer.constant(Math.toIntExact(dim.divisor())));
    return writer.add("AddV2", divided, writer.constant(Math.toIntExact(dim.offset())));
  }

  private static int[] ints(Shape shape) {
    return shape.dims().stream()
        .mapToInt(dim -> dim.isFixed() ? Math.toIntExact(dim.size()) : -1)
        .toArray();
  }
}
