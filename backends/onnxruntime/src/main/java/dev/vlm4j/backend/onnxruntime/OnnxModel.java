package dev.vlm4j.backend.onnxruntime;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.vlm4j.graph.State;
import java.util.List;

/**
 * A graph in the ONNX format, without the bytes of its weights.
 *
 * @param bytes the serialised message
 * @param controls what a session adds to the inputs of the graph
 * @param states the caches that are inputs and outputs of the model
 * @param converted keys of the weights that are inputs, in single precision
 */
record OnnxModel(
    byte[] bytes, List<OnnxControl> controls, List<State> states, List<String> converted) {
  /** The first version with the operator that appends to a cache. */
  private static final int OP_SET = 24;

  private static final int IR_VERSION = 11;

  static byte[] serialise(GraphProto graph) {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("vlm4j")
        .setGraph(graph)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OP_SET))
        .addOpsetImport(
            OperatorSetIdProto.newBuilder().setDomain(OnnxGraphWriter.CONTRIB).setVersion(1))
        .build()
        .toByteArray();
  }

  static String inputName(String input) {
    return "input/" + input;
  }

  static String outputName(String output) {
    return "output/" + output;
  }

  static String convertedName(String weight) {
    return "converted/" + weight;
  }

  static String pastName(State state) {
    return "past/" + state.name();
  }

  static String presentName(State state) {
    return "present/" + state.name();
  }
}
