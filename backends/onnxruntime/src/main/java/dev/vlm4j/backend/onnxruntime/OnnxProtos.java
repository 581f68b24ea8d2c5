package dev.vlm4j.backend.onnxruntime;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.op.Constant;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Messages of the ONNX format. */
final class OnnxProtos {
  static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();
  static final int INT32 = TensorProto.DataType.INT32.getNumber();
  static final int INT64 = TensorProto.DataType.INT64.getNumber();
  static final int BOOL = TensorProto.DataType.BOOL.getNumber();

  private OnnxProtos() {}

  /** Both kinds of floats are single precision. */
  static int elementType(DType dtype) {
    return switch (dtype) {
      case FLOAT, FLOAT32 -> FLOAT;
      case INT -> INT32;
      case BOOL -> BOOL;
    };
  }

  static TensorProto constant(Constant constant) {
    boolean floats = constant.type().dtype().isFloat();
    ByteBuffer bytes = littleEndian(constant.elements().size() * Float.BYTES);
    if (floats) {
      bytes.asFloatBuffer().put(constant.floats());
    } else {
      bytes.asIntBuffer().put(constant.ints());
    }
    return raw(floats ? FLOAT : INT32, constant.type().shape(), bytes);
  }

  static TensorProto longs(Shape shape, long... values) {
    ByteBuffer bytes = littleEndian(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    return raw(INT64, shape, bytes);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static TensorProto raw(int type, Shape shape, ByteBuffer bytes) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(type).setRawData(ByteString.copyFrom(bytes));
    shape.dims().forEach(dim -> tensor.addDims(dim.size()));
    return tensor.build();
  }

  /** A tensor whose bytes lie in another file. */
  static TensorProto external(
      String name, int type, Shape shape, String location, long offset, long length) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", location))
            .addExternalData(entry("offset", Long.toString(offset)))
            .addExternalData(entry("length", Long.toString(length)));
    shape.dims().forEach(dim -> tensor.addDims(dim.size()));
    return tensor.build();
  }

  static NodeProto cast(String operand, int type, String result) {
    return NodeProto.newBuilder()
        .setOpType("Cast")
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(type))
        .addInput(operand)
        .addOutput(result)
        .build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  /** Declares an input or output of a model. */
  static ValueInfoProto declare(String name, int type, List<Dim> dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Dim dim : dims) {
      if (dim.isFixed()) {
        shape.addDimBuilder().setDimValue(dim.size());
      } else {
        shape.addDimBuilder().setDimParam(dim.toString());
      }
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
