package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.spi.Tensor;
import java.nio.ByteBuffer;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/** Copies between host tensors, mapped files and TensorFlow's own memory. */
final class TensorFlowTensors {
  /** Mapped bytes pass through a buffer of this size, the only part of a weight on the heap. */
  private static final int CHUNK_BYTES = 1 << 20;

  private TensorFlowTensors() {}

  static org.tensorflow.Tensor feed(Tensor tensor) {
    return tensor.dtype().isFloat()
        ? floats(tensor.floats(), tensor.sizes())
        : ints(tensor.ints(), tensor.sizes());
  }

  static TFloat32 floats(float[] values, long... sizes) {
    TFloat32 result = org.tensorflow.Tensor.of(TFloat32.class, Shape.of(sizes));
    if (values.length > 0) {
      result.asRawTensor().data().asFloats().write(values);
    }
    return result;
  }

  static TInt32 ints(int[] values, long... sizes) {
    TInt32 result = org.tensorflow.Tensor.of(TInt32.class, Shape.of(sizes));
    if (values.length > 0) {
      result.asRawTensor().data().asInts().write(values);
    }
    return result;
  }

  static TInt64 longs(long... values) {
    return TInt64.vectorOf(values);
  }

  static TString bytes(byte[] value) {
    return TString.tensorOfBytes(NdArrays.scalarOfObject(value));
  }

  static TString bytes(byte[][] values) {
    return TString.tensorOfBytes(NdArrays.vectorOfObjects(values));
  }

  static Tensor fetch(org.tensorflow.Tensor tensor) {
    long[] sizes = tensor.shape().asArray();
    int count = Math.toIntExact(tensor.shape().size());
    if (tensor instanceof TFloat32) {
      float[] floats = new float[count];
      if (count > 0) {
        tensor.asRawTensor().data().asFloats().read(floats);
      }
      return Tensor.of(floats, sizes);
    }
    int[] ints = new int[count];
    if (count > 0) {
      tensor.asRawTensor().data().asInts().read(ints);
    }
    return Tensor.of(ints, sizes);
  }

  /** Copies a weight in its stored element type. */
  static org.tensorflow.Tensor stored(StoredTensor stored, ByteBuffer mapped) {
    org.tensorflow.Tensor tensor =
        org.tensorflow.Tensor.of(storedType(stored), Shape.of(stored.shape().sizes()));
    copy(mapped.duplicate(), tensor.asRawTensor().data());
    return tensor;
  }

  private static Class<? extends TType> storedType(StoredTensor stored) {
    return switch (stored.type()) {
      case F32 -> TFloat32.class;
      case F16 -> TFloat16.class;
      case BF16 -> TBfloat16.class;
      case F64 -> TFloat64.class;
      default -> throw new IllegalStateException(stored + " was not checked");
    };
  }

  private static void copy(ByteBuffer from, ByteDataBuffer to) {
    byte[] chunk = new byte[Math.min(CHUNK_BYTES, from.remaining())];
    for (long offset = 0; from.hasRemaining(); ) {
      int length = Math.min(chunk.length, from.remaining());
      from.get(chunk, 0, length);
      to.offset(offset).write(chunk, 0, length);
      offset += length;
    }
  }
}
