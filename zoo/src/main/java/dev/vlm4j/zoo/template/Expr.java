package dev.vlm4j.zoo.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of the syntax tree. Immutable. */
sealed interface Expr {
  int line();

  record Literal(Value value, int line) implements Expr {}

  record Name(String name, int line) implements Expr {}

  record ListLiteral(List<Expr> items, int line) implements Expr {}

  record TupleLiteral(List<Expr> items, int line) implements Expr {}

  record DictLiteral(List<Expr> keys, List<Expr> values, int line) implements Expr {}

  record GetAttr(Expr object, String name, int line) implements Expr {}

  record GetItem(Expr object, Expr key, int line) implements Expr {}

  record Slice(
      Expr object, @Nullable Expr start, @Nullable Expr stop, @Nullable Expr step, int line)
      implements Expr {}

  record Call(Expr function, Arguments arguments, int line) implements Expr {}

  record FilterCall(Expr input, String name, Arguments arguments, int line) implements Expr {}

  record TestCall(Expr input, String name, Arguments arguments, int line) implements Expr {}

  record Unary(char operator, Expr operand, int line) implements Expr {}

  record Not(Expr operand, int line) implements Expr {}

  record Binary(Operator operator, Expr left, Expr right, int line) implements Expr {}

  record And(Expr left, Expr right, int line) implements Expr {}

  record Or(Expr left, Expr right, int line) implements Expr {}

  record Concat(List<Expr> items, int line) implements Expr {}

  record Compare(Expr first, List<Comparison> rest, int line) implements Expr {}

  record Conditional(Expr test, Expr then, @Nullable Expr otherwise, int line) implements Expr {}

  /** The text of a filter block or set block that its filters start from. */
  record Captured(int line) implements Expr {}

  record Comparison(Comparator comparator, Expr right) {}

  record Keyword(String name, Expr value) {}

  record Arguments(
      List<Expr> positional,
      List<Keyword> named,
      @Nullable Expr starred,
      @Nullable Expr doubleStarred) {
    static final Arguments NONE = new Arguments(List.of(), List.of(), null, null);
  }

  enum Operator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    FLOOR_DIVIDE("//"),
    MODULO("%"),
    POWER("**");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    String symbol() {
      return symbol;
    }
  }

  enum Comparator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    IN,
    NOT_IN
  }
}
