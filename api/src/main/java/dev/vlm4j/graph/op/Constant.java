package dev.vlm4j.graph.op;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * A literal: a scalar or a small table that does not come from the checkpoint.
 *
 * @param type element type ({@link DType#BOOL} excluded) and fixed shape
 * @param elements row-major; integers are stored exactly
 */
public record Constant(TensorType type, List<Double> elements) implements Op {
  private static final int PRINTED = 8;

  /** Rejects a number of elements that differs from the shape's. */
  public Constant {
    elements = List.copyOf(elements);
    Inference.require(type.dtype() != DType.BOOL, "constants are numbers");
    Inference.require(
        type.shape().isFixed() && type.shape().elements() == elements.size(),
        elements.size() + " elements do not fill " + type);
  }

  /** Returns a scalar. */
  public static Constant scalar(DType dtype, double value) {
    return new Constant(new TensorType(dtype, Shape.of()), List.of(value));
  }

  /** Returns a table of floats; every value is kept as the given single precision number. */
  public static Constant of(DType dtype, Shape shape, float[] values) {
    List<Double> elements = new ArrayList<>(values.length);
    for (float value : values) {
      elements.add((double) value);
    }
    return new Constant(new TensorType(dtype, shape), elements);
  }

  /** Returns a table of integers. */
  public static Constant of(Shape shape, int[] values) {
    List<Double> elements = new ArrayList<>(values.length);
    for (int value : values) {
      elements.add((double) value);
    }
    return new Constant(new TensorType(DType.INT, shape), elements);
  }

  /** Returns the elements rounded to single precision. */
  public float[] floats() {
    float[] values = new float[elements.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = elements.get(i).floatValue();
    }
    return values;
  }

  /** Returns the elements of an integer constant. */
  public int[] ints() {
    return elements.stream().mapToInt(Double::intValue).toArray();
  }

  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 0);
    return type;
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.constant(node, this);
  }

  @Override
  public String toString() {
    String shown =
        elements.size() <= PRINTED
            ? elements.toString()
            : elements.subList(0, PRINTED) + "... hash " + elements.hashCode();
    return "Constant[" + type + " " + shown + "]";
  }
}
