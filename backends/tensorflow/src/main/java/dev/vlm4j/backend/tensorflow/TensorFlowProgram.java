package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * A graph in TensorFlow's form with the places where a run puts in and takes out.
 *
 * @param graph the graph that it was made of
 * @param target the same in TensorFlow's form
 * @param variables access to weights and caches
 * @param caches what a run feeds and executes for the caches
 * @param inputs what takes each input
 * @param outputs what gives each result
 */
record TensorFlowProgram(
    Graph graph,
    org.tensorflow.Graph target,
    TensorFlowVariables variables,
    TensorFlowCacheOps caches,
    Map<String, Output<?>> inputs,
    Map<String, Output<?>> outputs) {

  /** Adds everything to an empty TensorFlow graph, which the caller closes. */
  static TensorFlowProgram of(Graph graph, org.tensorflow.Graph target, TensorFlowWeights weights) {
    TensorFlowGraphWriter writer = new TensorFlowGraphWriter(target);
    TensorFlowVariables variables = new TensorFlowVariables(writer);
    weights.prepare(variables);
    TensorFlowValues values = new TensorFlowValues(graph, writer);
    TensorFlowCacheOps caches = new TensorFlowCacheOps(graph, writer, values, variables);
    Map<String, Output<?>> inputs = inputs(graph, writer, values);
    for (Value weight : graph.weights()) {
      String variable = TensorFlowWeights.variable(weight.name());
      values.put(weight, variables.read(variable, Shape.of(weight.shape().sizes())));
    }
    TensorFlowLowering lowering = new TensorFlowLowering(writer, values, caches);
    graph.nodes().forEach(lowering::lower);
    return new TensorFlowProgram(
        graph, target, variables, caches, inputs, outputs(graph, writer, values));
  }

  /** Returns what takes an input that the graph has. */
  Output<?> input(String name) {
    return Objects.requireNonNull(inputs.get(name), name);
  }

  private static Map<String, Output<?>> inputs(
      Graph graph, TensorFlowGraphWriter writer, TensorFlowValues values) {
    writer.enter("inputs");
    Map<String, Output<?>> inputs = new LinkedHashMap<>();
    for (Value input : graph.inputs()) {
      long[] sizes =
          input.shape().dims().stream().mapToLong(dim -> dim.isFixed() ? dim.size() : -1).toArray();
      DataType type = TensorFlowElementwiseOps.typeOf(input.dtype());
      Output<?> placeholder = writer.placeholder(type, sizes);
      inputs.put(input.name(), placeholder);
      values.put(input, placeholder);
    }
    return inputs;
  }

  /** TensorFlow refuses to return what it is fed, so that every result is a copy by name. */
  private static Map<String, Output<?>> outputs(
      Graph graph, TensorFlowGraphWriter writer, TensorFlowValues values) {
    writer.enter("outputs");
    Map<String, Output<?>> outputs = new LinkedHashMap<>();
    graph
        .outputs()
        .forEach((name, value) -> outputs.put(name, writer.add("Identity", values.of(value))));
    return outputs;
  }
}
