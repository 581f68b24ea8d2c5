package dev.vlm4j.backend.onnxruntime;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.DimSource;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Constant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects an ONNX model. Equal operators on equal operands and equal literals are written once.
 * Not thread-safe.
 */
final class OnnxGraphWriter {
  static final String CONTRIB = "com.microsoft";
  private static final String STANDARD = "";

  private final Graph graph;
  private final OnnxWeights weights;
  private final GraphProto.Builder model;
  private final Map<Value, String> names = new HashMap<>();
  private final Map<NodeProto, String> nodes = new HashMap<>();
  private final Map<TensorProto, String> literals = new HashMap<>();
  private final Map<String, String> storedWeights = new HashMap<>();
  private final Set<OnnxControl> controls = new LinkedHashSet<>();
  private final List<State> states = new ArrayList<>();
  private final Set<String> converted = new LinkedHashSet<>();
  private int nextName;

  OnnxGraphWriter(Graph graph, OnnxWeights weights) {
    this.graph = graph;
    this.weights = weights;
    this.model = GraphProto.newBuilder().setName(graph.name());
    for (Value input : graph.inputs()) {
      String name = OnnxModel.inputName(input.name());
      names.put(input, name);
      int type = OnnxProtos.elementType(input.dtype());
      model.addInput(OnnxProtos.declare(name, type, input.shape().dims()));
    }
  }

  OnnxNode op(String operator) {
    return new OnnxNode(this, STANDARD, operator);
  }

  OnnxNode contrib(String operator) {
    return new OnnxNode(this, CONTRIB, operator);
  }

  String add(NodeProto.Builder node) {
    return nodes.computeIfAbsent(
        node.build(),
        key -> {
          String result = fresh(key.getOpType());
          model.addNode(key.toBuilder().setName(result).addOutput(result));
          return result;
        });
  }

  void addNamed(NodeProto.Builder node) {
    model.addNode(node.setName(node.getOutput(0)));
  }

  String fresh(String hint) {
    return hint + "_" + nextName++;
  }

  void bind(Value value, String name) {
    names.put(value, name);
  }

  /**
   * Returns the name of a value that has been lowered; weights are converted to single precision.
   */
  String name(Value value) {
    return value.kind() == Value.Kind.WEIGHT ? weight(value) : bound(value);
  }

  private String bound(Value value) {
    String name = names.get(value);
    if (name == null) {
      throw new IllegalStateException(value + " is used before it is computed");
    }
    return name;
  }

  private String weight(Value value) {
    String stored = storedWeight(value);
    return weights.isSinglePrecision(value.name()) ? stored : toFloat(stored);
  }

  /**
   * Returns the name of a value that is one side of a product only. A large weight of another
   * number format becomes an input that is converted once.
   */
  String matrix(Value value) {
    if (value.kind() != Value.Kind.WEIGHT || !weights.isConverted(value.name())) {
      return name(value);
    }
    String name = OnnxModel.convertedName(value.name());
    if (converted.add(value.name())) {
      model.addInput(weights.input(name, value.name()));
    }
    return name;
  }

  /** Returns the name of a weight in the number format of its file. */
  String storedWeight(Value value) {
    return storedWeights.computeIfAbsent(
        value.name(),
        key -> {
          String name = "weight/" + key;
          model.addInitializer(weights.initializer(name, key));
          return name;
        });
  }

  boolean isSinglePrecision(Value weight) {
    return weights.isSinglePrecision(weight.name());
  }

  String toFloat(String x) {
    return op("Cast").with("to", OnnxProtos.FLOAT).on(x);
  }

  String toLong(String x) {
    return op("Cast").with("to", OnnxProtos.INT64).on(x);
  }

  String toInt(String x) {
    return op("Cast").with("to", OnnxProtos.INT32).on(x);
  }

  /** Returns a list of integers of 64 bits. */
  String longs(long... values) {
    return literal(OnnxProtos.longs(Shape.fixed(values.length), values));
  }

  String longScalar(long value) {
    return literal(OnnxProtos.longs(Shape.of(), value));
  }

  String scalar(DType dtype, double value) {
    return constant(Constant.scalar(dtype, value));
  }

  String constant(Constant constant) {
    return literal(OnnxProtos.constant(constant));
  }

  private String literal(TensorProto tensor) {
    return literals.computeIfAbsent(
        tensor,
        key -> {
          String name = fresh("literal");
          model.addInitializer(key.toBuilder().setName(name));
          return name;
        });
  }

  /** Returns the length of an axis as a list of one integer of 64 bits. */
  String length(Node node, Dim dim) {
    return dim.isFixed() ? longs(dim.size()) : measured(source(node, dim));
  }

  /** Prefers the inputs of the graph, so that all layers share one measurement. */
  private DimSource source(Node node, Dim dim) {
    for (Value input : graph.inputs()) {
      int axis = input.shape().dims().indexOf(dim);
      if (axis >= 0) {
        return new DimSource(input, axis, dim);
      }
    }
    return DimSource.find(graph, node, dim)
        .orElseThrow(() -> new IllegalStateException("nothing has the length " + dim));
  }

  private String measured(DimSource source) {
    String length =
        op("Shape")
            .with("start", source.axis())
            .with("end", source.axis() + 1L)
            .on(name(source.value()));
    if (source.isExact()) {
      return length;
    }
    Dim wanted = source.wanted();
    String scaled = op("Mul").on(length, longs(wanted.multiplier()));
    String divided = op("Div").on(scaled, longs(wanted.divisor()));
    return op("Add").on(divided, longs(wanted.offset()));
  }

  /** Returns the name of a number that the session provides. */
  String control(OnnxControl.Kind kind, String group) {
    OnnxControl control = new OnnxControl(kind, group);
    if (controls.add(control)) {
      model.addInput(OnnxProtos.declare(control.inputName(), OnnxProtos.INT32, control.dims()));
    }
    return control.inputName();
  }

  /**
   * Declares a cache as input and output; the session binds both to one buffer.
   *
   * @return the name of the input
   */
  String past(State state) {
    List<Dim> dims =
        List.of(
            Dim.symbol("rows of " + state.group()),
            Dim.fixed(state.heads()),
            Dim.symbol("capacity of " + state.group()),
            Dim.fixed(state.headDim()));
    states.add(state);
    String past = OnnxModel.pastName(state);
    model.addInput(OnnxProtos.declare(past, OnnxProtos.FLOAT, dims));
    model.addOutput(OnnxProtos.declare(OnnxModel.presentName(state), OnnxProtos.FLOAT, dims));
    return past;
  }

  /** Declares the results and returns the finished model. */
  OnnxModel finish() {
    graph.outputs().forEach(this::result);
    return new OnnxModel(
        OnnxModel.serialise(model.build()),
        List.copyOf(controls),
        List.copyOf(states),
        List.copyOf(converted));
  }

  private void result(String output, Value value) {
    boolean truth = value.dtype() == DType.BOOL;
    String computed = truth ? toInt(name(value)) : name(value);
    String name = OnnxModel.outputName(output);
    op("Identity").into(List.of(name), computed);
    int type = truth ? OnnxProtos.INT32 : OnnxProtos.elementType(value.dtype());
    model.addOutput(OnnxProtos.declare(name, type, value.shape().dims()));
  }
}
