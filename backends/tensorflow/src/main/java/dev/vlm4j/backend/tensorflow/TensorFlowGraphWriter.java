package dev.vlm4j.backend.tensorflow;

import java.util.Arrays;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * Adds operations to a TensorFlow graph. Their names begin with the scope of the node that is being
 * lowered, so that TensorFlow's messages name the module.
 */
final class TensorFlowGraphWriter {
  private static final String ROOT = "vlm4j";

  private final Graph graph;
  private String scope = ROOT;
  private int nextNumber;

  TensorFlowGraphWriter(Graph graph) {
    this.graph = graph;
  }

  /** Names the module that the next operations belong to; empty for none. */
  void enter(String path) {
    scope = path.isEmpty() ? ROOT : ROOT + "/" + path.replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  /** Starts an operation; the caller adds what is special and builds it. */
  GraphOperationBuilder operation(String type, Output<?>... inputs) {
    String name = scope + "/" + type + "_" + nextNumber++;
    GraphOperationBuilder builder = graph.opBuilder(type, name, graph.baseScope());
    Arrays.stream(inputs).forEach(builder::addInput);
    return builder;
  }

  /** Adds an operation without attributes and returns its first result. */
  Output<?> add(String type, Output<?>... inputs) {
    return result(operation(type, inputs));
  }

  static Output<?> result(GraphOperationBuilder builder) {
    return builder.build().output(0);
  }

  Output<?> placeholder(DataType type, long... sizes) {
    return placeholder(type, Shape.of(sizes));
  }

  Output<?> placeholder(DataType type, Shape shape) {
    return result(operation("Placeholder").setAttr("dtype", type).setAttr("shape", shape));
  }

  Output<?> constant(int value) {
    return constant(new int[] {value}, new long[0]);
  }

  Output<?> vector(int... values) {
    return constant(values, new long[] {values.length});
  }

  Output<?> constant(int[] values, long[] sizes) {
    try (Tensor tensor = TensorFlowTensors.ints(values, sizes)) {
      return constant(tensor, DataType.DT_INT32);
    }
  }

  Output<?> constant(float[] values, long... sizes) {
    try (Tensor tensor = TensorFlowTensors.floats(values, sizes)) {
      return constant(tensor, DataType.DT_FLOAT);
    }
  }

  private Output<?> constant(Tensor value, DataType type) {
    return result(operation("Const").setAttr("dtype", type).setAttr("value", value));
  }

  Output<?> cast(Output<?> x, DataType to) {
    return result(operation("Cast", x).setAttr("DstT", to));
  }

  Output<?> transpose(Output<?> x, int... axes) {
    return add("Transpose", x, vector(axes));
  }

  Output<?> expandDims(Output<?> x, int axis) {
    return add("ExpandDims", x, constant(axis));
  }

  /** Returns the numbers 0, 1, 2, ... below a scalar. */
  Output<?> range(Output<?> end) {
    return add("Range", constant(0), end, constant(1));
  }

  /** Joins values of one shape along a new axis. */
  Output<?> pack(int axis, Output<?>... values) {
    return result(operation("Pack").addInputList(values).setAttr("axis", axis));
  }

  Output<?> concat(int axis, Output<?>... values) {
    return result(operation("ConcatV2").addInputList(values).addInput(constant(axis)));
  }

  /** Returns the length of one axis, a scalar. */
  Output<?> length(Output<?> x, int axis) {
    return element(add("Shape", x), axis);
  }

  /** Returns one element of a vector, a scalar. */
  Output<?> element(Output<?> vector, int index) {
    return result(
        operation("StridedSlice", vector, vector(index), vector(index + 1), vector(1))
            .setAttr("shrink_axis_mask", 1L));
  }
}
