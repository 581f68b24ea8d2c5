package dev.vlm4j.backend.djl;

import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.CacheLength;

/** Rules for caches; the work is done by functions of {@code program.torchscript}. */
final class DjlCacheOps {
  private final ScriptWriter out;

  DjlCacheOps(ScriptWriter out) {
    this.out = out;
  }

  String append(Value x, State state) {
    int group = out.group(state.group());
    return "self.append("
        + out.state(state)
        + ", "
        + out.read(x)
        + ", "
        + past(group)
        + ", "
        + longest(group)
        + ", uniform)";
  }

  String length(CacheLength op) {
    return "torch.tensor("
        + past(out.group(op.group()))
        + ", dtype=4, device="
        + out.device()
        + ")";
  }

  /** Returns the variable that holds the lengths of all rows before the run. */
  static String past(int group) {
    return "past" + group;
  }

  /** Returns the expression for the length of the longest row before the run. */
  static String longest(int group) {
    return "longest[" + group + "]";
  }
}
