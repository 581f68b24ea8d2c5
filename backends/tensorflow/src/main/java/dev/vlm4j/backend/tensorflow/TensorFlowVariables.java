package dev.vlm4j.backend.tensorflow;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import org.tensorflow.GraphOperationBuilder;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.ResourceHandleProto;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TString;

/**
 * Variables that are named at run time, so that one TensorFlow graph serves any number of sessions,
 * each with variables of its own. TensorFlow Java cannot feed a resource handle; a handle in
 * serialised form is a string, which it can, and the operation ParseTensor makes the handle of it.
 */
final class TensorFlowVariables {
  private final TensorFlowGraphWriter writer;
  private final Output<?> template;
  private final Output<?> name;
  private final Output<?> handle;
  private final Map<DataType, Output<?>> stored = new EnumMap<>(DataType.class);
  private final Map<DataType, Operation> assignments = new EnumMap<>(DataType.class);
  private final Output<?> zerosShape;
  private final Operation zeros;
  private final Operation destruction;
  private final Output<?> sources;
  private final Output<?> length;
  private final Output<?> spare;
  private final Operation reordering;
  private final Operation resizing;

  TensorFlowVariables(TensorFlowGraphWriter writer) {
    this.writer = writer;
    writer.enter("variables");
    template = writer.add("SerializeTensor", named("template", Shape.unknown()));
    name = writer.placeholder(DataType.DT_STRING);
    handle = parse(name);
    zerosShape = writer.placeholder(DataType.DT_INT64, Shape.of(-1));
    zeros = assignment(writer.add("Fill", zerosShape, writer.constant(new float[1])));
    destruction =
        writer.operation("DestroyResourceOp", handle).setAttr("ignore_lookup_error", true).build();
    sources = writer.placeholder(DataType.DT_INT32, Shape.of(-1));
    length = writer.placeholder(DataType.DT_INT32);
    spare = writer.placeholder(DataType.DT_INT32, Shape.of(-1, 2));
    Output<?> positions = writer.range(length);
    Output<?> picked =
        writer.add("GatherV2", gather(handle, positions), sources, writer.constant(1));
    reordering =
        writer
            .operation("ResourceScatterUpdate", handle, positions, picked)
            .setAttr("dtype", DataType.DT_FLOAT)
            .build();
    resizing = assignment(writer.add("Pad", picked, spare));
  }

  /** Returns the handle of a variable whose name is known when the graph is made. */
  private Output<?> named(String variable, Shape shape) {
    return TensorFlowGraphWriter.result(
        writer
            .operation("VarHandleOp")
            .setAttr("dtype", DataType.DT_FLOAT)
            .setAttr("shape", shape)
            .setAttr("shared_name", variable));
  }

  /** Returns the contents of a variable that is assigned once, without copying it. */
  Output<?> read(String variable, Shape shape) {
    GraphOperationBuilder read = writer.operation("ReadVariableOp", named(variable, shape));
    return TensorFlowGraphWriter.result(read.setAttr("dtype", DataType.DT_FLOAT));
  }

  /** Returns the handle that a serialised handle stands for. */
  Output<?> parse(Output<?> serialised) {
    return TensorFlowGraphWriter.result(
        writer.operation("ParseTensor", serialised).setAttr("out_type", DataType.DT_RESOURCE));
  }

  private Operation assignment(Output<?> value) {
    return writer.operation("AssignVariableOp", handle, value).build();
  }

  /** Prepares the assignment of tensors of a type; one operation serves all variables. */
  void prepareAssignment(DataType type) {
    if (!assignments.containsKey(type)) {
      Output<?> value = writer.placeholder(type, Shape.unknown());
      stored.put(type, value);
      boolean same = type == DataType.DT_FLOAT;
      assignments.put(type, assignment(same ? value : writer.cast(value, DataType.DT_FLOAT)));
    }
  }

  /** Returns slices of a variable along its first axis. */
  Output<?> gather(Output<?> variable, Output<?> indices, Operation... after) {
    GraphOperationBuilder gather =
        writer.operation("ResourceGather", variable, indices).setAttr("dtype", DataType.DT_FLOAT);
    for (Operation former : after) {
      gather.addControlInput(former);
    }
    return TensorFlowGraphWriter.result(gather);
  }

  /** Reads from a session of the graph what all handles have in common. */
  Handles handles(Session session) {
    try (Result result = session.runner().fetch(template).run()) {
      TensorProto proto = TensorProto.parseFrom(((TString) result.get(0)).asBytes().getObject());
      CodedInputStream content = proto.getTensorContent().newCodedInput();
      content.readUInt32(); // the length of the only element comes first
      return new Handles(
          proto.toBuilder().clearTensorContent().build(), ResourceHandleProto.parseFrom(content));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("TensorFlow's handles have another form than expected", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void assign(Session session, byte[] variable, Tensor value) {
    Output<?> input = stored.get(value.dataType());
    Operation assignment = assignments.get(value.dataType());
    if (input == null || assignment == null) {
      throw new IllegalStateException(value.dataType() + " was not prepared");
    }
    try (TString serialised = TensorFlowTensors.bytes(variable)) {
      session
          .runner()
          .feed(name, serialised)
          .feed(input, value)
          .addTarget(assignment)
          .run()
          .close();
    }
  }

  void fillWithZeros(Session session, byte[] variable, long... sizes) {
    try (TString serialised = TensorFlowTensors.bytes(variable);
        Tensor shape = TensorFlowTensors.longs(sizes)) {
      session
          .runner()
          .feed(name, serialised)
          .feed(zerosShape, shape)
          .addTarget(zeros)
          .run()
          .close();
    }
  }

  void destroy(Session session, byte[] variable) {
    try (TString serialised = TensorFlowTensors.bytes(variable)) {
      session.runner().feed(name, serialised).addTarget(destruction).run().close();
    }
  }

  /** Rows are the second axis of a cache; only the positions in use are moved. */
  void reorder(Session session, byte[] variable, int[] rows, int positions) {
    try (TString serialised = TensorFlowTensors.bytes(variable);
        Tensor from = TensorFlowTensors.ints(rows, rows.length);
        Tensor used = TensorFlowTensors.ints(new int[] {positions})) {
      session
          .runner()
          .feed(name, serialised)
          .feed(sources, from)
          .feed(length, used)
          .addTarget(reordering)
          .run()
          .close();
    }
  }

  /**
   * Replaces a cache by one with another number of rows.
   *
   * @param rows the source of every row
   * @param positions how many positions are in use
   * @param unused how many follow, which become zeros
   */
  void resize(Session session, byte[] variable, int[] rows, int positions, int unused) {
    int[] behind = {0, unused, 0, 0, 0, 0, 0, 0};
    try (TString serialised = TensorFlowTensors.bytes(variable);
        Tensor from = TensorFlowTensors.ints(rows, rows.length);
        Tensor used = TensorFlowTensors.ints(new int[] {positions});
        Tensor zerosBehind = TensorFlowTensors.ints(behind, behind.length / 2, 2)) {
      session
          .runner()
          .feed(name, serialised)
          .feed(sources, from)
          .feed(length, used)
          .feed(spare, zerosBehind)
          .addTarget(resizing)
          .run()
          .close();
    }
  }

  /**
   * Serialised handles of the variables of one TensorFlow session.
   *
   * @param tensor the tensor around a handle
   * @param handle a handle with another name
   */
  record Handles(TensorProto tensor, ResourceHandleProto handle) {
    byte[] of(String variable) {
      ResourceHandleProto named =
          handle.toBuilder().setName(variable).clearDtypesAndShapes().build();
      return tensor.toBuilder().addResourceHandleVal(named).build().toByteArray();
    }
  }
}
