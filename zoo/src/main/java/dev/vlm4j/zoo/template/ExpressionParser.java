package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.Expr.Comparator;
import dev.vlm4j.zoo.template.Expr.Operator;
import dev.vlm4j.zoo.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Recursive descent over Jinja's expression grammar, with Jinja's precedences. */
final class ExpressionParser {
  private static final int MAX_NESTING = 100;
  private static final int MAX_CHAIN = 1000;

  private final TokenStream stream;
  private final PrimaryParser primaries;
  private int nesting;

  ExpressionParser(TokenStream stream) {
    this.stream = stream;
    this.primaries = new PrimaryParser(stream, this);
  }

  PrimaryParser primaries() {
    return primaries;
  }

  Expr expression() {
    return nested(this::conditional);
  }

  Expr expressionWithoutConditional() {
    return nested(this::or);
  }

  private Expr nested(Supplier<Expr> parse) {
    nesting++;
    if (nesting > MAX_NESTING) {
      throw TemplateException.unsupported(
          stream.current().line(), "expressions nested deeper than " + MAX_NESTING);
    }
    Expr result = parse.get();
    nesting--;
    return result;
  }

  /** Keeps chains short enough to be walked recursively. */
  void limitChain(int links) {
    if (links > MAX_CHAIN) {
      throw TemplateException.unsupported(
          stream.current().line(), "more than " + MAX_CHAIN + " operators in a row");
    }
  }

  private Expr conditional() {
    int line = stream.current().line();
    Expr result = or();
    for (int links = 0; stream.skipName("if"); links++) {
      limitChain(links);
      Expr test = or();
      Expr otherwise = stream.skipName("else") ? nested(this::conditional) : null;
      result = new Expr.Conditional(test, result, otherwise, line);
    }
    return result;
  }

  private Expr or() {
    Expr left = and();
    for (int links = 0; stream.current().isName("or"); links++) {
      limitChain(links);
      int line = stream.next().line();
      left = new Expr.Or(left, and(), line);
    }
    return left;
  }

  private Expr and() {
    Expr left = not();
    for (int links = 0; stream.current().isName("and"); links++) {
      limitChain(links);
      int line = stream.next().line();
      left = new Expr.And(left, not(), line);
    }
    return left;
  }

  private Expr not() {
    if (stream.current().isName("not")) {
      int line = stream.next().line();
      return new Expr.Not(nested(this::not), line);
    }
    return compare();
  }

  private Expr compare() {
    int line = stream.current().line();
    Expr first = sum();
    List<Expr.Comparison> rest = new ArrayList<>();
    Comparator comparator = comparator();
    while (comparator != null) {
      rest.add(new Expr.Comparison(comparator, sum()));
      comparator = comparator();
    }
    return rest.isEmpty() ? first : new Expr.Compare(first, rest, line);
  }

  private @Nullable Comparator comparator() {
    Token token = stream.current();
    if (token.isName("in")) {
      stream.next();
      return Comparator.IN;
    }
    if (token.isName("not") && stream.look().isName("in")) {
      stream.next();
      stream.next();
      return Comparator.NOT_IN;
    }
    Comparator found = token.is(Kind.OPERATOR) ? comparatorOf(token.text()) : null;
    if (found != null) {
      stream.next();
    }
    return found;
  }

  private static @Nullable Comparator comparatorOf(String symbol) {
    return switch (symbol) {
      case "==" -> Comparator.EQUAL;
      case "!=" -> Comparator.NOT_EQUAL;
      case "<" -> Comparator.LESS;
      case "<=" -> Comparator.LESS_OR_EQUAL;
      case ">" -> Comparator.GREATER;
      case ">=" -> Comparator.GREATER_OR_EQUAL;
      default -> null;
    };
  }

  private Expr sum() {
    return leftToRight(this::concat, Operator.ADD, Operator.SUBTRACT);
  }

  private Expr concat() {
    int line = stream.current().line();
    Expr first = product();
    if (!stream.atOperator("~")) {
      return first;
    }
    List<Expr> items = new ArrayList<>(List.of(first));
    while (stream.skipOperator("~")) {
      items.add(product());
    }
    return new Expr.Concat(items, line);
  }

  private Expr product() {
    return leftToRight(
        this::power, Operator.MULTIPLY, Operator.DIVIDE, Operator.FLOOR_DIVIDE, Operator.MODULO);
  }

  private Expr power() {
    return leftToRight(() -> unary(true), Operator.POWER);
  }

  private Expr leftToRight(Supplier<Expr> operand, Operator... operators) {
    Expr left = operand.get();
    Operator operator = skipAny(operators);
    for (int links = 0; operator != null; links++) {
      limitChain(links);
      int line = stream.current().line();
      left = new Expr.Binary(operator, left, operand.get(), line);
      operator = skipAny(operators);
    }
    return left;
  }

  private @Nullable Operator skipAny(Operator... operators) {
    for (Operator operator : operators) {
      if (stream.skipOperator(operator.symbol())) {
        return operator;
      }
    }
    return null;
  }

  private Expr unary(boolean withFilter) {
    Token token = stream.current();
    Expr node;
    if (token.isOperator("-") || token.isOperator("+")) {
      stream.next();
      Expr operand = nested(() -> unary(false));
      node = new Expr.Unary(token.text().charAt(0), operand, token.line());
    } else {
      node = primaries.primary();
    }
    Expr complete = primaries.postfix(node);
    return withFilter ? primaries.filters(complete) : complete;
  }

  /** An expression or, with commas, a tuple; ends at the tag's end or at {@code endName}. */
  Expr tuple(boolean conditional, @Nullable String endName, boolean parenthesized) {
    int line = stream.current().line();
    List<Expr> items = new ArrayList<>();
    boolean isTuple = false;
    while (!atTupleEnd(endName)) {
      items.add(conditional ? expression() : expressionWithoutConditional());
      if (!stream.skipOperator(",")) {
        break;
      }
      isTuple = true;
    }
    if (!isTuple && !items.isEmpty()) {
      return items.get(0);
    }
    if (!isTuple && !parenthesized) {
      throw stream.unexpected("an expression");
    }
    return new Expr.TupleLiteral(items, line);
  }

  boolean atTupleEnd(@Nullable String endName) {
    Token token = stream.current();
    return token.is(Kind.VARIABLE_END)
        || token.is(Kind.BLOCK_END)
        || token.isOperator(")")
        || (endName != null && token.isName(endName));
  }
}
