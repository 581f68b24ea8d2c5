package dev.vlm4j.models.qwenvl;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.RotaryAngles;
import dev.vlm4j.graph.op.Unary;
import dev.vlm4j.spi.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rotary embedding of rows and columns: the first half of the angles turns with the row of a patch,
 * the other half with its column.
 *
 * @param cos cosines {@code [rows, patches, headDim / 2]}, 32 bits
 * @param sin sines of the same shape
 */
record VisionRotation(Value cos, Value sin) {
  private static final String POSITIONS = "patch_positions";
  private static final int HEIGHT = 1;
  private static final int WIDTH = 2;

  /** Declares the input of positions and turns it into cosines and sines. */
  static VisionRotation of(GraphBuilder builder, Scope at, QwenVisionSpec spec, Dim patches) {
    Value positions = builder.input(POSITIONS, DType.INT, Dim.fixed(3), Dim.fixed(1), patches);
    List<Float> frequencies = new ArrayList<>(spec.inverseFrequencies());
    frequencies.addAll(spec.inverseFrequencies());
    List<Integer> sections = new ArrayList<>();
    spec.inverseFrequencies().forEach(frequency -> sections.add(HEIGHT));
    spec.inverseFrequencies().forEach(frequency -> sections.add(WIDTH));
    Value angles = at.apply(new RotaryAngles(frequencies, sections), positions);
    return new VisionRotation(
        at.unary(Unary.Function.COS, angles), at.unary(Unary.Function.SIN, angles));
  }

  /** Returns the input for patches at these places. */
  static Map<String, Tensor> input(int[] rows, int[] columns) {
    int[] positions = new int[3 * rows.length];
    System.arraycopy(rows, 0, positions, HEIGHT * rows.length, rows.length);
    System.arraycopy(columns, 0, positions, WIDTH * rows.length, rows.length);
    return Map.of(POSITIONS, Tensor.of(positions, 3, 1, rows.length));
  }

  /** Returns the rotation of chosen patches, integers {@code [windows, length]}. */
  VisionRotation gathered(Scope at, Value patches) {
    return new VisionRotation(gathered(at, cos, patches), gathered(at, sin, patches));
  }

  private static Value gathered(Scope at, Value table, Value patches) {
    return at.gather(at.reshape(table, table.dim(1), table.dim(2)), 0, patches);
  }
}
