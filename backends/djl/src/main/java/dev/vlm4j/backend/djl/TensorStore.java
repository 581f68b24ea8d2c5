package dev.vlm4j.backend.djl;

import ai.djl.pytorch.jni.IValue;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.op.Constant;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.spi.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of one compiled graph: weights, constants, and the caches that sessions ask for. They
 * are made and kept by a script, because brain floats cannot pass through DJL.
 */
final class TensorStore implements AutoCloseable {
  private final TorchEngine engine;
  private final TorchTypes types;
  private final ScriptModule module;
  private final Map<String, Long> maps = new HashMap<>();

  TensorStore(TorchEngine engine, TorchTypes types) {
    this.engine = engine;
    this.types = types;
    String source =
        ScriptModule.resource("store.torchscript")
            .replace("$device", engine.device())
            .replace("$float", Integer.toString(types.of(DType.FLOAT)));
    this.module =
        ScriptModule.load(engine, "Store", source, List.of("maps", "weights", "constants"));
    module.call("clear").close();
  }

  /** Adds the next weight: in place if the file holds it as the engine wants it, else as a copy. */
  void addWeight(StoredTensor stored) {
    int type = TorchTypes.ofStored(stored.type()).orElseThrow();
    int elementBytes = stored.type().bits() / Byte.SIZE;
    if (stored.offset() % elementBytes != 0) {
      addMisaligned(stored, type);
    } else if (type == types.of(DType.FLOAT) && !engine.usesGpu()) {
      addView(stored, type, elementBytes);
    } else {
      addCopy(stored.file(), type, stored.offset() / elementBytes, stored);
    }
  }

  private void addView(StoredTensor stored, int type, int elementBytes) {
    long map = maps.computeIfAbsent(type + " " + stored.file(), key -> map(stored, type));
    try (Arguments arguments = new Arguments(engine)) {
      arguments.own(
          module.call(
              "add_view",
              arguments.of(map),
              arguments.of(stored.offset() / elementBytes),
              arguments.of(stored.shape().elements()),
              arguments.of(stored.shape().sizes())));
    }
  }

  private long map(StoredTensor stored, int type) {
    try (Arguments arguments = new Arguments(engine)) {
      long elements = Files.size(stored.file()) / (stored.type().bits() / Byte.SIZE);
      return arguments
          .own(
              module.call(
                  "map_file",
                  arguments.of(stored.file().toString()),
                  arguments.of(elements),
                  arguments.of((long) type)))
          .toLong();
    } catch (IOException e) {
      throw new VlmException(ErrorCode.IO_FAILURE, "cannot read " + stored.file() + ": " + e, e);
    }
  }

  private void addCopy(Path file, int type, long first, StoredTensor stored) {
    try (Arguments arguments = new Arguments(engine)) {
      arguments.own(
          module.call(
              "add_copy",
              arguments.of(file.toString()),
              arguments.of((long) type),
              arguments.of(first),
              arguments.of(stored.shape().elements()),
              arguments.of(stored.shape().sizes()),
              arguments.of((long) types.of(DType.FLOAT))));
    }
  }

  /**
   * PyTorch maps files from their start only, so elements between its own go through another file.
   */
  private void addMisaligned(StoredTensor stored, int type) {
    try {
      Path aligned = Files.createTempFile("vlm4j", ".weight");
      try {
        copyBytes(stored, aligned);
        addCopy(aligned, type, 0, stored);
      } finally {
        Files.delete(aligned);
      }
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "cannot copy the misaligned weight " + stored.key() + " to a temporary file: " + e,
          e);
    }
  }

  private static void copyBytes(StoredTensor stored, Path target) throws IOException {
    try (FileChannel from = FileChannel.open(stored.file());
        FileChannel to = FileChannel.open(target, StandardOpenOption.WRITE)) {
      long done = 0;
      while (done < stored.length()) {
        long moved = from.transferTo(stored.offset() + done, stored.length() - done, to);
        if (moved <= 0) {
          throw new IOException(stored.file() + " ends before its last tensor");
        }
        done += moved;
      }
    }
  }

  /** Adds the next constant. */
  void addConstant(Constant constant) {
    DType dtype = constant.type().dtype();
    long[] sizes = constant.type().shape().sizes();
    try (Arguments arguments = new Arguments(engine)) {
      Tensor host =
          dtype == DType.INT
              ? Tensor.of(constant.ints(), sizes)
              : Tensor.of(finite(constant), sizes);
      arguments.own(
          module.call("add_constant", arguments.of(host), arguments.of((long) types.of(dtype))));
    }
  }

  private float[] finite(Constant constant) {
    float[] elements = constant.floats();
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (float) types.finite(constant.type().dtype(), elements[i]);
    }
    return elements;
  }

  /** Returns all weights as a list for programs; the caller closes it. */
  IValue weights() {
    return module.call("all_weights");
  }

  /** Returns all constants as a list for programs; the caller closes it. */
  IValue constants() {
    return module.call("all_constants");
  }

  /** Returns new caches as a list; the caller closes it. */
  IValue newStates(int rows, List<State> states, Map<String, Integer> capacities) {
    long[] extents = new long[states.size() * 3];
    for (int i = 0; i < states.size(); i++) {
      State state = states.get(i);
      extents[3 * i] = state.heads();
      extents[3 * i + 1] = capacities.getOrDefault(state.group(), 0);
      extents[3 * i + 2] = state.headDim();
    }
    try (Arguments arguments = new Arguments(engine)) {
      return module.call("new_states", arguments.of((long) rows), arguments.of(extents));
    }
  }

  /**
   * Makes row {@code i} of every cache a copy of row {@code sources[i]}, up to a length of each;
   * caches are replaced in the list if their number of rows changes.
   */
  void reorder(IValue states, long[] lengths, long[] sources) {
    try (Arguments arguments = new Arguments(engine)) {
      arguments.own(module.call("reorder", states, arguments.of(lengths), arguments.of(sources)));
    }
  }

  @Override
  public void close() {
    module.close();
  }
}
