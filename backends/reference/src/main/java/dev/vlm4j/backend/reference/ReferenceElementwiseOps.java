package dev.vlm4j.backend.reference;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.op.Binary;
import dev.vlm4j.graph.op.Cast;
import dev.vlm4j.graph.op.Compare;
import dev.vlm4j.graph.op.Logical;
import dev.vlm4j.graph.op.Unary;
import dev.vlm4j.spi.Tensor;
import java.util.function.IntBinaryOperator;

/**
 * Rules of the element-wise operators. Functions without an exact result are computed in double
 * precision and rounded once.
 */
final class ReferenceElementwiseOps {
  private interface FloatFunction {
    float of(float x);
  }

  private interface FloatBinaryFunction {
    float of(float a, float b);
  }

  private interface FloatRelation {
    boolean holds(float a, float b);
  }

  private interface IntRelation {
    boolean holds(int a, int b);
  }

  Tensor unary(Unary op, Tensor x) {
    if (x.dtype() == DType.INT) {
      boolean negate = op.function() == Unary.Function.NEG;
      int[] result = x.ints().clone();
      for (int i = 0; i < result.length; i++) {
        result[i] = negate ? -result[i] : Math.abs(result[i]);
      }
      return Tensor.of(result, x.sizes());
    }
    FloatFunction function = function(op.function());
    float[] result = new float[x.count()];
    for (int i = 0; i < result.length; i++) {
      result[i] = function.of(x.floats()[i]);
    }
    return Tensor.of(result, x.sizes());
  }

  private static FloatFunction function(Unary.Function function) {
    return switch (function) {
      case NEG -> x -> -x;
      case ABS -> Math::abs;
      case EXP -> x -> (float) Math.exp(x);
      case LOG -> x -> (float) Math.log(x);
      case SQRT -> x -> (float) Math.sqrt(x);
      case TANH -> x -> (float) Math.tanh(x);
      case SIGMOID -> x -> (float) (1 / (1 + Math.exp(-x)));
      case ERF -> x -> (float) ErrorFunction.erf(x);
      case SIN -> x -> (float) Math.sin(x);
      case COS -> x -> (float) Math.cos(x);
    };
  }

  Tensor binary(Binary op, Tensor a, Tensor b) {
    if (a.dtype() == DType.INT) {
      return combine(integerFunction(op.function()), a, b);
    }
    FloatBinaryFunction function = floatFunction(op.function());
    long[] sizes = Positions.broadcastSizes(a.sizes(), b.sizes());
    float[] left = floats(a, sizes);
    float[] right = floats(b, sizes);
    float[] result = new float[left.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = function.of(left[i], right[i]);
    }
    return Tensor.of(result, sizes);
  }

  private static FloatBinaryFunction floatFunction(Binary.Function function) {
    return switch (function) {
      case ADD -> (a, b) -> a + b;
      case SUB -> (a, b) -> a - b;
      case MUL -> (a, b) -> a * b;
      case DIV -> (a, b) -> a / b;
      case POW -> (a, b) -> (float) Math.pow(a, b);
      case MIN -> Math::min;
      case MAX -> Math::max;
    };
  }

  private static IntBinaryOperator integerFunction(Binary.Function function) {
    return switch (function) {
      case ADD -> (a, b) -> a + b;
      case SUB -> (a, b) -> a - b;
      case MUL -> (a, b) -> a * b;
      case MIN -> Math::min;
      case MAX -> Math::max;
      case DIV, POW -> throw new IllegalArgumentException(function + " takes floats only");
    };
  }

  Tensor compare(Compare op, Tensor a, Tensor b) {
    if (a.dtype() == DType.INT) {
      IntRelation relation = integerRelation(op.relation());
      return combine((x, y) -> relation.holds(x, y) ? 1 : 0, a, b);
    }
    FloatRelation relation = floatRelation(op.relation());
    long[] sizes = Positions.broadcastSizes(a.sizes(), b.sizes());
    float[] left = floats(a, sizes);
    float[] right = floats(b, sizes);
    int[] result = new int[left.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = relation.holds(left[i], right[i]) ? 1 : 0;
    }
    return Tensor.of(result, sizes);
  }

  private static FloatRelation floatRelation(Compare.Relation relation) {
    return switch (relation) {
      case EQUAL -> (a, b) -> a == b;
      case LESS -> (a, b) -> a < b;
      case LESS_OR_EQUAL -> (a, b) -> a <= b;
    };
  }

  private static IntRelation integerRelation(Compare.Relation relation) {
    return switch (relation) {
      case EQUAL -> (a, b) -> a == b;
      case LESS -> (a, b) -> a < b;
      case LESS_OR_EQUAL -> (a, b) -> a <= b;
    };
  }

  Tensor logical(Logical op, Tensor a, Tensor b) {
    return switch (op.function()) {
      case AND -> combine((x, y) -> x & y, a, b);
      case OR -> combine((x, y) -> x | y, a, b);
    };
  }

  Tensor not(Tensor a) {
    int[] result = a.ints().clone();
    for (int i = 0; i < result.length; i++) {
      result[i] = 1 - result[i];
    }
    return Tensor.of(result, a.sizes());
  }

  Tensor select(Tensor condition, Tensor a, Tensor b) {
    long[] values = Positions.broadcastSizes(a.sizes(), b.sizes());
    long[] sizes = Positions.broadcastSizes(condition.sizes(), values);
    int[] holds = ints(condition, sizes);
    if (a.dtype() == DType.INT) {
      int[] chosen = ints(a, sizes);
      int[] other = ints(b, sizes);
      for (int i = 0; i < holds.length; i++) {
        chosen[i] = holds[i] == 1 ? chosen[i] : other[i];
      }
      return Tensor.of(chosen, sizes);
    }
    float[] chosen = floats(a, sizes);
    float[] other = floats(b, sizes);
    for (int i = 0; i < holds.length; i++) {
      chosen[i] = holds[i] == 1 ? chosen[i] : other[i];
    }
    return Tensor.of(chosen, sizes);
  }

  Tensor cast(Cast op, Tensor x) {
    boolean toInteger = op.to() == DType.INT;
    if (toInteger == (x.dtype() == DType.INT)) {
      return x;
    }
    if (toInteger) {
      int[] result = new int[x.count()];
      for (int i = 0; i < result.length; i++) {
        result[i] = (int) x.floats()[i];
      }
      return Tensor.of(result, x.sizes());
    }
    float[] result = new float[x.count()];
    for (int i = 0; i < result.length; i++) {
      result[i] = x.ints()[i];
    }
    return Tensor.of(result, x.sizes());
  }

  private static Tensor combine(IntBinaryOperator function, Tensor a, Tensor b) {
    long[] sizes = Positions.broadcastSizes(a.sizes(), b.sizes());
    int[] result = ints(a, sizes);
    int[] right = ints(b, sizes);
    for (int i = 0; i < result.length; i++) {
      result[i] = function.applyAsInt(result[i], right[i]);
    }
    return Tensor.of(result, sizes);
  }

  private static float[] floats(Tensor x, long[] sizes) {
    return ReferenceTensors.take(x.floats(), Positions.broadcast(x.sizes(), sizes));
  }

  private static int[] ints(Tensor x, long[] sizes) {
    return ReferenceTensors.take(x.ints(), Positions.broadcast(x.sizes(), sizes));
  }
}
