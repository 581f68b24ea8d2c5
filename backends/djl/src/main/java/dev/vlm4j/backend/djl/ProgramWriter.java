package dev.vlm4j.backend.djl;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.op.CacheAppend;
import dev.vlm4j.graph.op.Constant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Writes a graph as a script: one line per node in one method, which gives the wanted results only.
 *
 * <p>The method takes weights, constants, inputs and caches as lists; the length of every row of
 * every group of caches before the run; the length of the longest row of every group; and whether
 * all rows of each group have the same length.
 */
final class ProgramWriter {
  private static final String HEAD =
      "  def run(self: __torch__.Program, w: List[Tensor], c: List[Tensor], inputs: List[Tensor],"
          + " states: List[Tensor], past: List[int], longest: List[int], uniform: bool)"
          + " -> List[Tensor]:\n";

  private final Graph graph;
  private final GraphTables tables;
  private final TorchTypes types;
  private final ScriptWriter out;

  private ProgramWriter(
      Graph graph, GraphTables tables, TorchTypes types, String device, boolean rowProducts) {
    this.graph = graph;
    this.tables = tables;
    this.types = types;
    this.out = new ScriptWriter(graph, tables, types, device, rowProducts);
  }

  /** Returns the whole source of a program. */
  static String source(
      Graph graph, GraphTables tables, TorchTypes types, TorchEngine engine, List<String> outputs) {
    boolean rowProducts = engine.hasRowProducts(types.of(DType.FLOAT));
    String device = engine.device();
    ProgramWriter writer = new ProgramWriter(graph, tables, types, device, rowProducts);
    writer.inputs();
    writer.caches();
    writer.nodes(outputs);
    writer.results(outputs);
    String functions =
        ScriptModule.resource("program.torchscript")
            .replace("$device", device)
            .replace("$float", Integer.toString(types.of(DType.FLOAT)))
            .replace("$lowest", Double.toString(types.lowest()));
    String products = rowProducts ? ScriptModule.resource("rows.torchscript") : "";
    return functions + products + HEAD + writer.out.text();
  }

  private void inputs() {
    for (int i = 0; i < graph.inputs().size(); i++) {
      Value input = graph.inputs().get(i);
      String name = "v" + input.id();
      String given = "torch.to(inputs[" + i + "], " + out.device() + ", " + types.of(input.dtype());
      out.define(name, given + ")", input.name());
      out.name(input, name);
    }
  }

  private void caches() {
    List<String> groups = tables.groups();
    if (!groups.isEmpty()) {
      out.define("rows", "torch.floordiv(torch.len(past), " + groups.size() + ")", "");
    }
    for (int i = 0; i < groups.size(); i++) {
      String end = "torch.mul(rows, " + (i + 1) + ")";
      out.define(
          DjlCacheOps.past(i),
          "torch.slice(past, torch.mul(rows, " + i + "), " + end + ", 1)",
          groups.get(i));
    }
  }

  private void nodes(List<String> outputs) {
    DjlLowering lowering = new DjlLowering(out);
    for (Node node : needed(outputs)) {
      if (node.op() instanceof Constant) {
        out.name(node.output(), lowering.lower(node));
      } else {
        String name = "v" + node.output().id();
        out.define(name, lowering.lower(node), node.scope());
        out.name(node.output(), name);
      }
    }
  }

  /** Returns the nodes that the results depend on, and those that append to caches. */
  private List<Node> needed(List<String> outputs) {
    Set<Value> wanted = new HashSet<>();
    outputs.forEach(name -> wanted.add(output(name)));
    LinkedList<Node> kept = new LinkedList<>();
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      if (wanted.contains(node.output()) || appends(node)) {
        wanted.addAll(node.inputs());
        kept.addFirst(node);
      }
    }
    return kept;
  }

  private static boolean appends(Node node) {
    return node.op() instanceof CacheAppend
        || node.op() instanceof Attention attention && attention.cache() != null;
  }

  private void results(List<String> outputs) {
    List<String> results = new ArrayList<>();
    for (String name : outputs) {
      Value value = output(name);
      String result = "r" + results.size();
      int type = TorchTypes.atBorder(value.dtype());
      String host = "torch.to(" + out.read(value) + ", torch.device(\"cpu\"), " + type + ")";
      out.define(result, "torch.contiguous(" + host + ")", name);
      results.add(result);
    }
    out.give(results.isEmpty() ? "annotate(List[Tensor], [])" : results.toString());
  }

  private Value output(String name) {
    return Objects.requireNonNull(graph.outputs().get(name), name);
  }
}
