package dev.vlm4j.graph.nn;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.TensorType;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Composite;
import java.util.List;

/**
 * Attention of the channels of a group to each other, with their values at all positions as what
 * they are compared by. Operands are query, key and value of one type, {@code [rows, positions,
 * groups, channels]}; per row and group, with one line per channel, the result is {@code
 * softmax(scale * query * key^T) * value}, in the shape of the operands. The softmax is computed in
 * 32 bits.
 *
 * <p>Positions and channels change places in no operand of the expansion that is as large as the
 * pictures, which costs engines more than the products: what is mixed are the columns of the
 * values. Source: Ding et al. 2022, <a href="https://arxiv.org/abs/2204.03645">arXiv:2204.03645</a>
 * (channel group attention).
 *
 * @param scale factor of the products
 */
public record ChannelAttention(double scale) implements Composite {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Operands.count(inputs, 3);
    TensorType query = inputs.get(0);
    Operands.require(
        query.dtype().isFloat() && query.rank() == 4 && inputs.stream().allMatch(query::equals),
        "query, key and value are not of one type [rows, positions, groups, channels]: " + inputs);
    return query;
  }

  @Override
  public Value expand(Scope at, List<Value> inputs) {
    Value query = at.permute(perGroup(at, inputs.get(0)), 0, 1, 3, 2);
    Value scores = at.mul(at.matMul(query, perGroup(at, inputs.get(1))), scale);
    Value weights = at.cast(at.softmax(at.cast(scores, DType.FLOAT32), -1), scores.dtype());
    return perGroup(at, at.matMulTransposed(perGroup(at, inputs.get(2)), weights));
  }

  /** Swaps positions and groups. */
  private static Value perGroup(Scope at, Value x) {
    return at.permute(x, 0, 2, 1, 3);
  }
}
