package dev.vlm4j.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.vlm4j.spi.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Native values that live for one call. Not thread-safe. */
final class Arguments implements AutoCloseable {
  private final List<IValue> values = new ArrayList<>();
  private final PtNDManager manager;

  Arguments(TorchEngine engine) {
    this.manager = engine.newManager();
  }

  /** Returns the owner of the tensors of this call. */
  PtNDManager manager() {
    return manager;
  }

  IValue of(long number) {
    return own(IValue.from(number));
  }

  IValue of(boolean truth) {
    return own(IValue.from(truth));
  }

  IValue of(String text) {
    return own(IValue.from(text));
  }

  IValue of(long... numbers) {
    return own(IValue.listFrom(numbers));
  }

  IValue of(Tensor tensor) {
    return own(IValue.from(DjlTensors.toNative(tensor, manager)));
  }

  IValue of(List<Tensor> tensors) {
    PtNDArray[] arrays =
        tensors.stream()
            .map(tensor -> DjlTensors.toNative(tensor, manager))
            .toArray(PtNDArray[]::new);
    return own(IValue.listFrom(arrays));
  }

  /** Closes the value together with these arguments. */
  IValue own(IValue value) {
    values.add(value);
    return value;
  }

  @Override
  public void close() {
    values.forEach(IValue::close);
    manager.close();
  }
}
