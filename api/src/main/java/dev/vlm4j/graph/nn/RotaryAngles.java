package dev.vlm4j.graph.nn;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.TensorType;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Composite;
import dev.vlm4j.graph.op.Constant;
import java.util.ArrayList;
import java.util.List;

/**
 * Angles of rotary position embeddings, in radians and 32 bits: position times inverse frequency.
 *
 * <p>Operand: integer positions {@code [rows, sequence]}, or {@code [3, rows, sequence]} (time,
 * height, width) if there are sections. Result: {@code [rows, sequence, frequencies]}. Sources: Su
 * et al. 2021, <a href="https://arxiv.org/abs/2104.09864">arXiv:2104.09864</a>; sections: Qwen2-VL,
 * <a href="https://arxiv.org/abs/2409.12191">arXiv:2409.12191</a>.
 *
 * @param inverseFrequencies one per pair of elements, single precision values
 * @param sections for each frequency which of the three positions it takes (0, 1 or 2); empty for
 *     plain rotary embeddings
 */
public record RotaryAngles(List<Float> inverseFrequencies, List<Integer> sections)
    implements Composite {
  private static final int AXES = 3;

  /** Rejects a list of sections that does not cover the frequencies. */
  public RotaryAngles {
    inverseFrequencies = List.copyOf(inverseFrequencies);
    sections = List.copyOf(sections);
    Operands.require(
        sections.isEmpty() || sections.size() == inverseFrequencies.size(),
        sections.size() + " sections for " + inverseFrequencies.size() + " frequencies");
  }

  /** Returns sections in consecutive blocks of the given lengths: Qwen2-VL and Qwen2.5-VL. */
  public static List<Integer> chunked(List<Integer> lengths) {
    List<Integer> sections = new ArrayList<>();
    for (int axis = 0; axis < lengths.size(); axis++) {
      for (int i = 0; i < lengths.get(axis); i++) {
        sections.add(axis);
      }
    }
    return sections;
  }

  /** Returns sections that alternate, time filling what height and width leave: Qwen3-VL. */
  public static List<Integer> interleaved(List<Integer> lengths) {
    int total = lengths.stream().mapToInt(Integer::intValue).sum();
    List<Integer> sections = new ArrayList<>();
    for (int i = 0; i < total; i++) {
      int axis = i % AXES;
      sections.add(axis != 0 && i < lengths.get(axis) * AXES ? axis : 0);
    }
    return sections;
  }

  @Override
  public TensorType infer(List<TensorType> inputs) {
    Operands.count(inputs, 1);
    TensorType positions = inputs.get(0);
    int rank = sections.isEmpty() ? 2 : AXES;
    Operands.require(
        positions.dtype() == DType.INT
            && positions.rank() == rank
            && (sections.isEmpty() || positions.dim(0).equals(Dim.fixed(AXES))),
        positions + " are no positions");
    return new TensorType(
        DType.FLOAT32,
        Shape.of(positions.dim(-2), positions.dim(-1), Dim.fixed(inverseFrequencies.size())));
  }

  @Override
  public Value expand(Scope at, List<Value> inputs) {
    Value positions = inputs.get(0);
    if (sections.isEmpty()) {
      return at.mul(column(at, positions), frequencies(at, -1));
    }
    Value sum = section(at, positions, 0);
    return at.add(at.add(sum, section(at, positions, 1)), section(at, positions, 2));
  }

  /** The frequencies of other sections are zero, so that the sum of all sections is exact. */
  private Value section(Scope at, Value positions, int axis) {
    Value of = at.slice(positions, 0, axis, axis + 1L);
    Value flat = at.reshape(of, positions.dim(1), positions.dim(2));
    return at.mul(column(at, flat), frequencies(at, axis));
  }

  private static Value column(Scope at, Value positions) {
    Value floats = at.cast(positions, DType.FLOAT32);
    return at.reshape(floats, positions.dim(0), positions.dim(1), Dim.fixed(1));
  }

  private Value frequencies(Scope at, int axis) {
    float[] table = new float[inverseFrequencies.size()];
    for (int i = 0; i < table.length; i++) {
      boolean taken = axis < 0 || sections.get(i) == axis;
      table[i] = taken ? inverseFrequencies.get(i) : 0;
    }
    return at.constant(Constant.of(DType.FLOAT32, Shape.fixed(table.length), table));
  }
}
