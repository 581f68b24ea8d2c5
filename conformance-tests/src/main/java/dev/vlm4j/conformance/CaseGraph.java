package dev.vlm4j.conformance;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import java.util.Arrays;

/** The graph of a case under construction; shapes are written as text: {@code "n,3"}. */
final class CaseGraph {
  private final GraphBuilder builder;
  private final Scope root;

  CaseGraph(String name) {
    this.builder = new GraphBuilder(name);
    this.root = builder.root();
  }

  Scope at() {
    return root;
  }

  /** Declares an input of type FLOAT. */
  Value in(String name, String shape) {
    return in(name, Element.FLOAT, shape);
  }

  Value ints(String name, String shape) {
    return in(name, Element.INT, shape);
  }

  /** Declares an input; a truth value is fed as an integer and tells whether that is positive. */
  Value in(String name, Element element, String shape) {
    Value input = builder.input(name, element.fed(), dims(shape));
    return element == Element.BOOL ? root.less(root.scalar(DType.INT, 0), input) : input;
  }

  State state(String name, int heads, int headDim, String group) {
    return builder.state(name, heads, headDim, group);
  }

  /** Names the result {@code y}. */
  void out(Value value) {
    out("y", value);
  }

  /** Names a result; truth values are returned as integers. */
  void out(String name, Value value) {
    builder.output(name, value.dtype() == DType.BOOL ? root.cast(value, DType.INT) : value);
  }

  Graph build() {
    return builder.build();
  }

  /** Reads a shape: numbers are fixed lengths, anything else is a symbol. */
  static Dim[] dims(String shape) {
    if (shape.isEmpty()) {
      return new Dim[0];
    }
    return Arrays.stream(shape.split(",")).map(CaseGraph::dim).toArray(Dim[]::new);
  }

  private static Dim dim(String text) {
    return Character.isDigit(text.charAt(0)) ? Dim.fixed(Long.parseLong(text)) : Dim.symbol(text);
  }
}
