package dev.vlm4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.graph.op.ArgMax;
import dev.vlm4j.graph.op.Binary;
import dev.vlm4j.graph.op.CacheAppend;
import dev.vlm4j.graph.op.CacheLength;
import dev.vlm4j.graph.op.Cast;
import dev.vlm4j.graph.op.Compare;
import dev.vlm4j.graph.op.Concat;
import dev.vlm4j.graph.op.Constant;
import dev.vlm4j.graph.op.Conv2d;
import dev.vlm4j.graph.op.Expand;
import dev.vlm4j.graph.op.Gather;
import dev.vlm4j.graph.op.Iota;
import dev.vlm4j.graph.op.Linear;
import dev.vlm4j.graph.op.Logical;
import dev.vlm4j.graph.op.MatMul;
import dev.vlm4j.graph.op.Not;
import dev.vlm4j.graph.op.Op;
import dev.vlm4j.graph.op.Pad;
import dev.vlm4j.graph.op.Permute;
import dev.vlm4j.graph.op.Reduce;
import dev.vlm4j.graph.op.Reshape;
import dev.vlm4j.graph.op.ScatterRows;
import dev.vlm4j.graph.op.Select;
import dev.vlm4j.graph.op.Slice;
import dev.vlm4j.graph.op.Softmax;
import dev.vlm4j.graph.op.Unary;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OperatorInferenceTest {
  private static final TensorType F23 = type(DType.FLOAT, 2, 3);
  private static final TensorType F34 = type(DType.FLOAT, 3, 4);
  private static final TensorType I2 = type(DType.INT, 2);
  private static final TensorType B23 = type(DType.BOOL, 2, 3);
  private static final TensorType SCALAR = type(DType.FLOAT);
  private static final State STATE = new State("s", 2, 4, State.SELF);

  private static TensorType type(DType dtype, long... sizes) {
    return new TensorType(dtype, Shape.fixed(sizes));
  }

  private static Arguments wrong(Op op, String message, TensorType... inputs) {
    return Arguments.of(op, List.of(inputs), message);
  }

  static Stream<Arguments> wrongOperands() {
    Binary add = new Binary(Binary.Function.ADD);
    Conv2d conv = new Conv2d(1, 0, 1);
    TensorType picture = type(DType.FLOAT, 1, 3, 4, 4);
    return Stream.of(
        wrong(new ArgMax(0), "needs a float, got INT[2]", I2),
        wrong(new ArgMax(2), "axis 2 is outside of FLOAT[2, 3]", F23),
        wrong(add, "takes 2 operands, got 1", F23),
        wrong(add, "operands differ in type: FLOAT[2, 3] and INT[2]", F23, I2),
        wrong(add, "[2, 3] and [3, 4] do not broadcast", F23, F34),
        wrong(new Binary(Binary.Function.DIV), "does not take INT[2]", I2, I2),
        wrong(add, "does not take BOOL[2, 3]", B23, B23),
        wrong(new CacheAppend(STATE), "does not fit State", type(DType.FLOAT, 1, 5, 2, 3)),
        wrong(new CacheLength("self", Dim.fixed(1)), "takes 0 operands, got 1", F23),
        wrong(new Cast(DType.BOOL), "cannot convert to BOOL", F23),
        wrong(new Compare(Compare.Relation.LESS), "does not take BOOL", B23, B23),
        wrong(new Concat(0), "needs at least one operand"),
        wrong(new Concat(0), "differ outside of axis 0", F23, F34),
        wrong(Constant.scalar(DType.INT, 1), "takes 0 operands, got 1", F23),
        wrong(conv, "has not 4 axes", picture, F23),
        wrong(conv, "does not fit", picture, type(DType.FLOAT, 2, 4, 2, 2)),
        wrong(conv, "exceeds the padded size", picture, type(DType.FLOAT, 2, 3, 5, 5)),
        wrong(conv, "is no bias", picture, type(DType.FLOAT, 2, 3, 2, 2), F23),
        wrong(new Expand(Shape.fixed(3)), "does not expand to [3]", F23),
        wrong(new Gather(0), "indices must be INT, got FLOAT[2, 3]", F23, F23),
        wrong(new Iota(1), "axis 1 is outside of INT[2]", I2),
        wrong(new Linear(), "is no [out, in] weight for FLOAT[2, 3]", F23, F23.as(Shape.fixed(3))),
        wrong(new Linear(), "takes 2 to 3 operands, got 1", F23),
        wrong(new Linear(), "is no bias", F23, type(DType.FLOAT, 5, 3), type(DType.FLOAT, 4)),
        wrong(new Logical(Logical.Function.AND), "first operand must be BOOL", F23, B23),
        wrong(new MatMul(false), "do not multiply", F23, F23),
        wrong(new MatMul(false), "is no matrix", F23, SCALAR),
        wrong(new Not(), "operand must be BOOL", F23),
        wrong(new Pad(2, 1, 1), "axis 2 is outside", F23),
        wrong(new Permute(List.of(0)), "[0] does not fit FLOAT[2, 3]", F23),
        wrong(new Reduce(Reduce.Function.SUM, 0), "needs a float", I2),
        wrong(new Reshape(Shape.fixed(7)), "has not the elements of [7]", F23),
        wrong(new ScatterRows(), "are no rows of", F23, I2, F34),
        wrong(new Select(), "condition must be BOOL", F23, F23, F23),
        wrong(new Slice(0, 0, 3), "range 0..3 is outside of an axis of 2", F23),
        wrong(new Softmax(0), "needs a float", I2),
        wrong(new Unary(Unary.Function.EXP), "does not take INT[2]", I2));
  }

  @ParameterizedTest
  @MethodSource("wrongOperands")
  void saysWhichOperandsDoNotFit(Op op, List<TensorType> inputs, String message) {
    assertThatThrownBy(() -> op.infer(inputs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void everyPrimitiveHasAWrongCase() {
    List<String> tested =
        wrongOperands().map(a -> a.get()[0].getClass().getSimpleName()).distinct().toList();
    assertThat(Arrays.stream(Op.class.getPermittedSubclasses()).map(Class::getSimpleName))
        .filteredOn(name -> !name.equals("Composite"))
        .isSubsetOf(tested);
  }

  @Test
  void refusesImpossibleAttributes() {
    assertThatThrownBy(() -> new Conv2d(0, 0, 1)).hasMessage("impossible convolution");
    assertThatThrownBy(() -> new Pad(0, -1, 0)).hasMessage("padding must not be negative");
    assertThatThrownBy(() -> new Permute(List.of(0, 0))).hasMessageContaining("not a permutation");
    assertThatThrownBy(() -> new Slice(0, 2, 2)).hasMessageContaining("is empty");
    assertThatThrownBy(() -> new Constant(I2, List.of(1.0))).hasMessageContaining("do not fill");
    assertThatThrownBy(() -> Constant.scalar(DType.BOOL, 1)).hasMessage("constants are numbers");
  }

  @Test
  void infersResultTypes() {
    Dim n = Dim.symbol("n");
    TensorType x = new TensorType(DType.FLOAT, Shape.of(n, Dim.fixed(3)));
    assertThat(new MatMul(false).infer(List.of(x, F34))).hasToString("FLOAT[n, 4]");
    assertThat(new Concat(0).infer(List.of(x, F23))).hasToString("FLOAT[n+2, 3]");
    assertThat(new Slice(0, 1, Slice.TO_END).infer(List.of(x))).hasToString("FLOAT[n-1, 3]");
    assertThat(new Pad(0, 1, 2).infer(List.of(x))).hasToString("FLOAT[n+3, 3]");
    assertThat(new Gather(0).infer(List.of(F34, I2))).hasToString("FLOAT[2, 4]");
    assertThat(new Reshape(Shape.of(n.times(3))).infer(List.of(x))).hasToString("FLOAT[n*3]");
    assertThat(new ArgMax(1).infer(List.of(x))).hasToString("INT[n, 1]");
    assertThat(new CacheAppend(STATE).infer(List.of(type(DType.FLOAT, 1, 5, 2, 4))))
        .hasToString("FLOAT[1, 2, cached_self, 4]");
  }

  @Test
  void joinsOnlyOneSymbolicLength() {
    TensorType x = new TensorType(DType.FLOAT, Shape.of(Dim.symbol("n")));
    assertThatThrownBy(() -> new Concat(0).infer(List.of(x, x)))
        .hasMessage("n and n cannot be added");
  }

  @Test
  void doesNotReshapeWhatCannotBeShownToFit() {
    TensorType x = new TensorType(DType.FLOAT, Shape.of(Dim.symbol("n")));
    assertThatThrownBy(() -> new Reshape(Shape.of(Dim.symbol("m"))).infer(List.of(x)))
        .hasMessageContaining("cannot be shown");
  }
}
