package dev.vlm4j.backend.reference;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.op.Gather;
import dev.vlm4j.spi.Tensor;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Rules of the operators that read or write by index. */
final class ReferenceIndexingOps {

  Tensor gather(Gather op, Tensor data, Tensor indices) {
    long[] sizes = data.sizes();
    int outer = Positions.count(Arrays.copyOf(sizes, op.axis()));
    int inner = Positions.count(Arrays.copyOfRange(sizes, op.axis() + 1, sizes.length));
    int length = (int) data.size(op.axis());
    int[] positions = new int[outer * indices.count() * inner];
    int next = 0;
    for (int i = 0; i < outer; i++) {
      for (int index : indices.ints()) {
        int start = (i * length + checked(index, length)) * inner;
        for (int j = 0; j < inner; j++) {
          positions[next++] = start + j;
        }
      }
    }
    return ReferenceTensors.take(data, positions, gathered(op, data, indices));
  }

  private static long[] gathered(Gather op, Tensor data, Tensor indices) {
    LongStream before = Arrays.stream(data.sizes()).limit(op.axis());
    LongStream after = Arrays.stream(data.sizes()).skip(op.axis() + 1L);
    LongStream replaced = LongStream.concat(before, Arrays.stream(indices.sizes()));
    return LongStream.concat(replaced, after).toArray();
  }

  Tensor scatterRows(Tensor data, Tensor rows, Tensor updates) {
    boolean integers = data.dtype() == DType.INT;
    Object result = integers ? data.ints().clone() : data.floats().clone();
    Object from = integers ? updates.ints() : updates.floats();
    int length = (int) data.size(0);
    int width = length == 0 ? 0 : data.count() / length;
    for (int i = 0; i < rows.count(); i++) {
      System.arraycopy(from, i * width, result, checked(rows.ints()[i], length) * width, width);
    }
    return integers
        ? Tensor.of((int[]) result, data.sizes())
        : Tensor.of((float[]) result, data.sizes());
  }

  private static int checked(int index, int length) {
    if (index < 0 || index >= length) {
      throw new IllegalArgumentException("index " + index + " is outside of an axis of " + length);
    }
    return index;
  }
}
