package dev.vlm4j.backend.onnxruntime;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Shape;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Small models that make caches and reorder their rows, so that the memory is the engine's own: it
 * counts neither as Java heap nor as direct buffers. Thread-safe.
 */
final class OnnxCacheOps implements AutoCloseable {
  private static final String NO_DATA = "/";
  private static final String PAST = "past";
  private static final String TARGET = "target";
  private static final String PRESENT = "present";
  private static final String SHAPE = "shape";
  private static final String ROWS = "rows";
  private static final String LENGTH = "length";

  private final OnnxEngine engine;
  private final OrtSession allocator;
  private final OrtSession reorder;

  OnnxCacheOps(OnnxEngine engine) {
    this.engine = engine;
    this.allocator =
        engine.compileExact(OnnxModel.serialise(allocation()), NO_DATA, "the allocation of caches");
    this.reorder =
        engine.compileExact(OnnxModel.serialise(reordering()), NO_DATA, "the reordering of caches");
  }

  private static List<Dim> cache(String rows) {
    return List.of(
        Dim.symbol(rows), Dim.symbol("heads"), Dim.symbol("capacity"), Dim.symbol("dim"));
  }

  private static GraphProto allocation() {
    return GraphProto.newBuilder()
        .setName("allocation")
        .addInput(
            OnnxProtos.declare(SHAPE, OnnxProtos.INT64, List.of(Dim.fixed(cache(ROWS).size()))))
        .addNode(node("ConstantOfShape", PRESENT, SHAPE))
        .addOutput(OnnxProtos.declare(PRESENT, OnnxProtos.FLOAT, cache(ROWS)))
        .build();
  }

  /**
   * The rows are copied out before they are written, so that past, target and present can be one
   * buffer.
   */
  private static GraphProto reordering() {
    return GraphProto.newBuilder()
        .setName("reordering")
        .addInput(OnnxProtos.declare(PAST, OnnxProtos.FLOAT, cache("former")))
        .addInput(OnnxProtos.declare(TARGET, OnnxProtos.FLOAT, cache(ROWS)))
        .addInput(OnnxProtos.declare(ROWS, OnnxProtos.INT64, List.of(Dim.symbol(ROWS))))
        .addInput(OnnxProtos.declare(LENGTH, OnnxProtos.INT64, List.of(Dim.fixed(1))))
        .addInitializer(OnnxProtos.longs(Shape.fixed(1), 0).toBuilder().setName("zero"))
        .addInitializer(OnnxProtos.longs(Shape.fixed(1), 2).toBuilder().setName("axis"))
        .addNode(node("Slice", "filled", PAST, "zero", LENGTH, "axis"))
        .addNode(node("Gather", "picked", "filled", ROWS).addAttribute(integer("axis", 0)))
        .addNode(node("Mul", "starts", ROWS, "zero"))
        .addNode(
            node("TensorScatter", PRESENT, TARGET, "picked", "starts")
                .addAttribute(integer("axis", 2)))
        .addOutput(OnnxProtos.declare(PRESENT, OnnxProtos.FLOAT, cache(ROWS)))
        .build();
  }

  private static NodeProto.Builder node(String operator, String result, String... operands) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(operands))
        .addOutput(result);
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /** Returns zeros; they must be closed. */
  OnnxTensor allocate(long... sizes) {
    return OnnxEngine.call(
        "allocating a cache",
        () -> {
          try (OnnxTensor shape = longs(sizes)) {
            return (OnnxTensor) allocator.run(Map.of(SHAPE, shape)).get(0);
          }
        });
  }

  /** Makes the first positions of each row of the target what those of its source are. */
  void copyRows(OnnxTensor cache, int[] sources, int length, OnnxTensor target) {
    OnnxEngine.call(
        "reordering a cache",
        () -> {
          try (OnnxTensor rows = longs(java.util.Arrays.stream(sources).asLongStream().toArray());
              OnnxTensor end = longs(length);
              OrtSession.Result result =
                  reorder.run(
                      Map.of(PAST, cache, TARGET, target, ROWS, rows, LENGTH, end),
                      Set.of(),
                      Map.of(PRESENT, target))) {
            return result.size();
          }
        });
  }

  private OnnxTensor longs(long... values) throws ai.onnxruntime.OrtException {
    return OnnxTensor.createTensor(
        engine.environment(), LongBuffer.wrap(values), new long[] {values.length});
  }

  @Override
  public void close() {
    OnnxEngine.call(
        "closing a graph",
        () -> {
          allocator.close();
          reorder.close();
          return reorder;
        });
  }
}
