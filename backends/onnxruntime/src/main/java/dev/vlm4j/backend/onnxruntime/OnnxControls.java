package dev.vlm4j.backend.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import dev.vlm4j.spi.CacheLengths;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers about caches that go into every run, in tensors that are made once. After closing
 * they are made anew, for the number of rows that there is then.
 */
final class OnnxControls implements AutoCloseable {
  private record Slot(IntBuffer numbers, OnnxTensor tensor) {}

  private final OnnxEngine engine;
  private final CacheLengths lengths;
  private final Map<OnnxControl, Slot> slots = new HashMap<>();

  OnnxControls(OnnxEngine engine, CacheLengths lengths) {
    this.engine = engine;
    this.lengths = lengths;
  }

  /** Adds the numbers of a run that appends so many positions to each group. */
  void bind(
      List<OnnxControl> controls, Map<String, Integer> added, Map<String, OnnxTensor> inputs) {
    for (OnnxControl control : controls) {
      Slot slot = slots.computeIfAbsent(control, this::open);
      write(control, added.getOrDefault(control.group(), 0), slot.numbers);
      inputs.put(control.inputName(), slot.tensor);
    }
  }

  private Slot open(OnnxControl control) {
    int count = control.kind() == OnnxControl.Kind.TOTAL ? 1 : lengths.rows();
    IntBuffer numbers =
        ByteBuffer.allocateDirect(count * Integer.BYTES)
            .order(ByteOrder.nativeOrder())
            .asIntBuffer();
    long[] sizes = control.dims().isEmpty() ? new long[0] : new long[] {count};
    return OnnxEngine.call(
        "making an input",
        () -> new Slot(numbers, OnnxTensor.createTensor(engine.environment(), numbers, sizes)));
  }

  private void write(OnnxControl control, int added, IntBuffer numbers) {
    if (control.kind() == OnnxControl.Kind.TOTAL) {
      numbers.put(0, lengths.longest(control.group()) + added);
      return;
    }
    int offset = control.kind() == OnnxControl.Kind.LAST ? added - 1 : 0;
    for (int row = 0; row < lengths.rows(); row++) {
      numbers.put(row, lengths.length(control.group(), row) + offset);
    }
  }

  @Override
  public void close() {
    slots.values().forEach(slot -> slot.tensor.close());
    slots.clear();
  }
}
