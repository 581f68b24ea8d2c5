package dev.vlm4j.backend.reference;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.op.Concat;
import dev.vlm4j.graph.op.Iota;
import dev.vlm4j.graph.op.Pad;
import dev.vlm4j.graph.op.Permute;
import dev.vlm4j.graph.op.Slice;
import dev.vlm4j.spi.Tensor;
import java.util.Arrays;
import java.util.List;

/** Rules of the operators that move elements without changing them. */
final class ReferenceShapeOps {

  Tensor reshape(Tensor x, long[] sizes) {
    return ReferenceTensors.reshape(x, sizes);
  }

  Tensor expand(Tensor x, long[] sizes) {
    return ReferenceTensors.take(x, Positions.broadcast(x.sizes(), sizes), sizes);
  }

  Tensor permute(Permute op, Tensor x) {
    long[] own = Positions.strides(x.sizes());
    long[] sizes = op.axes().stream().mapToLong(x::size).toArray();
    long[] strides = op.axes().stream().mapToLong(axis -> own[axis]).toArray();
    return ReferenceTensors.take(x, Positions.strided(sizes, strides, 0), sizes);
  }

  Tensor slice(Slice op, Tensor x) {
    long whole = x.size(op.axis());
    long end = op.end() == Slice.TO_END ? whole : op.end();
    if (end > whole || op.start() > end) {
      throw new IllegalArgumentException(op + " is outside of an axis of " + whole);
    }
    long[] strides = Positions.strides(x.sizes());
    long[] sizes = x.sizes();
    sizes[op.axis()] = end - op.start();
    int[] positions = Positions.strided(sizes, strides, op.start() * strides[op.axis()]);
    return ReferenceTensors.take(x, positions, sizes);
  }

  Tensor pad(Pad op, Tensor x) {
    long[] sizes = x.sizes();
    sizes[op.axis()] += op.before() + op.after();
    float[] result = new float[Positions.count(sizes)];
    place(x.floats(), x.sizes(), op.axis(), op.before(), result, sizes);
    return Tensor.of(result, sizes);
  }

  Tensor concat(Concat op, List<Tensor> operands) {
    long[] sizes = operands.get(0).sizes();
    sizes[op.axis()] = operands.stream().mapToLong(x -> x.size(op.axis())).sum();
    boolean integers = operands.get(0).dtype() == DType.INT;
    Object result = integers ? new int[Positions.count(sizes)] : new float[Positions.count(sizes)];
    long before = 0;
    for (Tensor x : operands) {
      Object elements = integers ? x.ints() : x.floats();
      place(elements, x.sizes(), op.axis(), before, result, sizes);
      before += x.size(op.axis());
    }
    return integers ? Tensor.of((int[]) result, sizes) : Tensor.of((float[]) result, sizes);
  }

  /** Copies an array into a larger one that differs along one axis, {@code before} elements in. */
  private static void place(
      Object from, long[] fromSizes, int axis, long before, Object to, long[] toSizes) {
    if (Positions.count(fromSizes) == 0) {
      return;
    }
    int inner = (int) Positions.strides(toSizes)[axis];
    int block = (int) fromSizes[axis] * inner;
    int outer = Positions.count(Arrays.copyOf(fromSizes, axis));
    int step = (int) toSizes[axis] * inner;
    for (int i = 0; i < outer; i++) {
      System.arraycopy(from, i * block, to, i * step + (int) before * inner, block);
    }
  }

  Tensor iota(Iota op, Tensor x) {
    int[] result = new int[(int) x.size(op.axis())];
    Arrays.setAll(result, i -> i);
    return Tensor.of(result, result.length);
  }
}
