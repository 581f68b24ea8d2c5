package dev.vlm4j.backend.djl;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.DimSource;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.CacheAppend;
import dev.vlm4j.graph.op.Constant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Collects the lines of a program and knows under which name each value and length can be read. */
final class ScriptWriter {
  private final Graph graph;
  private final GraphTables tables;
  private final TorchTypes types;
  private final String device;
  private final boolean rowProducts;
  private final StringBuilder lines = new StringBuilder();
  private final Map<Value, String> names = new HashMap<>();
  private final Map<Dim, String> lengths = new HashMap<>();
  private final Map<List<?>, String> shared = new HashMap<>();

  ScriptWriter(
      Graph graph, GraphTables tables, TorchTypes types, String device, boolean rowProducts) {
    this.graph = graph;
    this.tables = tables;
    this.types = types;
    this.device = device;
    this.rowProducts = rowProducts;
  }

  /** Writes a line that defines a variable. */
  void define(String variable, String expression, String scope) {
    lines.append("    ").append(variable).append(" = ").append(expression);
    lines.append(scope.isEmpty() ? "" : "  # " + scope).append('\n');
  }

  /** Writes a line that is there for its effect only. */
  void give(String expression) {
    lines.append("    return ").append(expression).append('\n');
  }

  /** Says under which name a value can be read from here on. */
  void name(Value value, String name) {
    names.put(value, name);
  }

  /** Returns the expression for an operand. */
  String read(Value value) {
    return switch (value.kind()) {
      case WEIGHT -> "w[" + tables.weight(value) + "]";
      case INPUT, NODE -> named(value);
      case INVALID -> throw new IllegalStateException("the graph is not verified");
    };
  }

  private String named(Value value) {
    String name = names.get(value);
    if (name == null) {
      throw new IllegalStateException(value + " is read before it is written");
    }
    return name;
  }

  /** Returns the expressions for all operands of a node, with commas between them. */
  String operands(Node node) {
    return node.inputs().stream().map(this::read).collect(Collectors.joining(", "));
  }

  /** Returns the operand as a number of the script if it is a scalar constant that can be one. */
  Optional<String> number(Value value) {
    Constant constant = tables.scalar(value);
    if (constant == null) {
      return Optional.empty();
    }
    double number = types.finite(value.dtype(), constant.elements().get(0));
    if (!Double.isFinite(number)) {
      return Optional.empty();
    }
    return Optional.of(
        value.dtype() == DType.INT ? Long.toString((long) number) : Double.toString(number));
  }

  /** Returns the expression for a constant. */
  String constant(Value value) {
    return "c[" + tables.constant(value) + "]";
  }

  /** Returns the expression for the caches of a state. */
  String state(State state) {
    return "states[" + tables.state(state) + "]";
  }

  /** Returns the number that ends the names of what belongs to a group of states. */
  int group(String group) {
    return tables.group(group);
  }

  String device() {
    return device;
  }

  /** Returns whether the engine has a faster product for a single row. */
  boolean hasRowProducts() {
    return rowProducts;
  }

  int type(DType dtype) {
    return types.of(dtype);
  }

  /** Returns the expression for a list of lengths. */
  String sizes(Node node, Shape shape) {
    return shape.dims().stream()
        .map(dim -> length(node, dim))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** Returns the expression for one length; equal dimensions are measured once. */
  String length(Node node, Dim dim) {
    if (dim.isFixed()) {
      return Long.toString(dim.size());
    }
    String known = lengths.get(dim);
    if (known == null) {
      known = "n" + lengths.size();
      define(known, measure(node, dim), dim.toString());
      lengths.put(dim, known);
    }
    return known;
  }

  /** Says under which name the length of the caches of a group can be read. */
  void cachedLength(String group, String name) {
    lengths.put(CacheAppend.length(group), name);
  }

  private String measure(Node node, Dim dim) {
    DimSource source =
        DimSource.find(graph, node, dim)
            .orElseThrow(() -> new IllegalStateException("nothing has the length " + dim));
    String measured = "torch.size(" + read(source.value()) + ", " + source.axis() + ")";
    if (source.isExact()) {
      return measured;
    }
    String scaled = "torch.mul(" + measured + ", " + dim.multiplier() + ")";
    return "torch.add(torch.floordiv(" + scaled + ", " + dim.divisor() + "), " + dim.offset() + ")";
  }

  /** Returns the variable that was defined for a key before, or defines one. */
  String once(List<?> key, String prefix, String expression) {
    String known = shared.get(key);
    if (known == null) {
      known = prefix + shared.size();
      define(known, expression, "");
      shared.put(List.copyOf(new ArrayList<>(key)), known);
    }
    return known;
  }

  /** Returns all lines. */
  String text() {
    return lines.toString();
  }
}
