package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Literals, names and what follows them: subscripts, calls, filters and tests. */
final class PrimaryParser {
  private static final Set<String> TEST_ARGUMENT_STOPS = Set.of("else", "or", "and");

  private final TokenStream stream;
  private final ExpressionParser expressions;

  PrimaryParser(TokenStream stream, ExpressionParser expressions) {
    this.stream = stream;
    this.expressions = expressions;
  }

  Expr primary() {
    Token token = stream.current();
    return switch (token.kind()) {
      case NAME -> name();
      case STRING -> strings();
      case INTEGER -> new Expr.Literal(Numerals.integer(stream.next()), token.line());
      case FLOAT ->
          new Expr.Literal(new FloatValue(Double.parseDouble(stream.next().text())), token.line());
      case OPERATOR -> bracketed();
      default -> throw stream.unexpected("an expression");
    };
  }

  private Expr name() {
    Token token = stream.next();
    Value constant =
        switch (token.text()) {
          case "true", "True" -> BoolValue.TRUE;
          case "false", "False" -> BoolValue.FALSE;
          case "none", "None" -> NoneValue.NONE;
          default -> null;
        };
    return constant == null
        ? new Expr.Name(token.text(), token.line())
        : new Expr.Literal(constant, token.line());
  }

  private Expr strings() {
    int line = stream.current().line();
    StringBuilder text = new StringBuilder();
    while (stream.current().is(Kind.STRING)) {
      text.append(stream.next().text());
    }
    return new Expr.Literal(Str.of(text.toString()), line);
  }

  private Expr bracketed() {
    return switch (stream.current().text()) {
      case "(" -> parenthesized();
      case "[" -> list();
      case "{" -> dict();
      default -> throw stream.unexpected("an expression");
    };
  }

  private Expr parenthesized() {
    stream.next();
    Expr inner = expressions.tuple(true, null, true);
    stream.expectOperator(")");
    return inner;
  }

  private Expr list() {
    int line = stream.next().line();
    List<Expr> items = new ArrayList<>();
    while (!stream.atOperator("]")) {
      items.add(expressions.expression());
      if (!stream.skipOperator(",")) {
        break;
      }
    }
    stream.expectOperator("]");
    return new Expr.ListLiteral(items, line);
  }

  private Expr dict() {
    int line = stream.next().line();
    List<Expr> keys = new ArrayList<>();
    List<Expr> values = new ArrayList<>();
    while (!stream.atOperator("}")) {
      keys.add(expressions.expression());
      stream.expectOperator(":");
      values.add(expressions.expression());
      if (!stream.skipOperator(",")) {
        break;
      }
    }
    stream.expectOperator("}");
    return new Expr.DictLiteral(keys, values, line);
  }

  Expr postfix(Expr start) {
    Expr node = start;
    for (int links = 0; ; links++) {
      expressions.limitChain(links);
      if (stream.atOperator(".")) {
        node = attribute(node);
      } else if (stream.atOperator("[")) {
        node = subscript(node);
      } else if (stream.atOperator("(")) {
        node = call(node);
      } else {
        return node;
      }
    }
  }

  private Expr attribute(Expr object) {
    int line = stream.next().line();
    Token token = stream.next();
    if (token.is(Kind.NAME)) {
      return new Expr.GetAttr(object, token.text(), line);
    }
    if (!token.is(Kind.INTEGER)) {
      throw TemplateException.syntax(line, "expected a name or number after '.'");
    }
    return new Expr.GetItem(object, new Expr.Literal(Numerals.integer(token), line), line);
  }

  private Expr subscript(Expr object) {
    int line = stream.next().line();
    Expr start = stream.atOperator(":") ? null : expressions.expression();
    if (stream.skipOperator(":")) {
      return slice(object, start, line);
    }
    if (stream.atOperator(",")) {
      throw TemplateException.unsupported(line, "a subscript with several indexes");
    }
    stream.expectOperator("]");
    if (start == null) {
      throw stream.unexpected("an index");
    }
    return new Expr.GetItem(object, start, line);
  }

  private Expr slice(Expr object, @Nullable Expr start, int line) {
    Expr stop = sliceBound();
    Expr step = stream.skipOperator(":") ? sliceBound() : null;
    if (stream.atOperator(",")) {
      throw TemplateException.unsupported(line, "a subscript with several slices");
    }
    stream.expectOperator("]");
    return new Expr.Slice(object, start, stop, step, line);
  }

  private @Nullable Expr sliceBound() {
    boolean absent = stream.atOperator(":") || stream.atOperator("]") || stream.atOperator(",");
    return absent ? null : expressions.expression();
  }

  Expr.Call call(Expr function) {
    int line = stream.current().line();
    return new Expr.Call(function, arguments(), line);
  }

  private Expr.Arguments arguments() {
    int line = stream.expectOperator("(").line();
    ArgumentCollector collector = new ArgumentCollector(line);
    while (!stream.atOperator(")")) {
      argument(collector);
      if (!stream.skipOperator(",")) {
        break;
      }
    }
    stream.expectOperator(")");
    return collector.build();
  }

  private void argument(ArgumentCollector collector) {
    if (stream.skipOperator("*")) {
      collector.starred(expressions.expression());
    } else if (stream.skipOperator("**")) {
      collector.doubleStarred(expressions.expression());
    } else if (stream.current().is(Kind.NAME) && stream.look().isOperator("=")) {
      String name = stream.next().text();
      stream.next();
      collector.named(name, expressions.expression());
    } else {
      collector.positional(expressions.expression());
    }
  }

  Expr filters(Expr start) {
    Expr node = start;
    for (int links = 0; ; links++) {
      expressions.limitChain(links);
      if (stream.skipOperator("|")) {
        node = filter(node);
      } else if (stream.current().isName("is")) {
        node = test(node);
      } else if (stream.atOperator("(")) {
        node = call(node);
      } else {
        return node;
      }
    }
  }

  /** One filter, its bar already read. */
  Expr filter(Expr input) {
    int line = stream.current().line();
    String name = dottedName();
    if (!Filters.has(name)) {
      throw TemplateException.unsupported(line, "no filter named '" + name + "'");
    }
    Expr.Arguments arguments = stream.atOperator("(") ? arguments() : Expr.Arguments.NONE;
    return new Expr.FilterCall(input, name, arguments, line);
  }

  private String dottedName() {
    StringBuilder name = new StringBuilder(stream.expect(Kind.NAME).text());
    while (stream.skipOperator(".")) {
      name.append('.').append(stream.expect(Kind.NAME).text());
    }
    return name.toString();
  }

  private Expr test(Expr input) {
    int line = stream.next().line();
    boolean negated = stream.skipName("not");
    String name = dottedName();
    if (!Tests.has(name)) {
      throw TemplateException.unsupported(line, "no test named '" + name + "'");
    }
    Expr test = new Expr.TestCall(input, name, testArguments(), line);
    return negated ? new Expr.Not(test, line) : test;
  }

  private Expr.Arguments testArguments() {
    if (stream.atOperator("(")) {
      return arguments();
    }
    if (!atBareTestArgument()) {
      return Expr.Arguments.NONE;
    }
    if (stream.current().isName("is")) {
      throw TemplateException.syntax(stream.current().line(), "tests with 'is' cannot be chained");
    }
    return new Expr.Arguments(List.of(postfix(primary())), List.of(), null, null);
  }

  private boolean atBareTestArgument() {
    Token token = stream.current();
    return switch (token.kind()) {
      case NAME -> !TEST_ARGUMENT_STOPS.contains(token.text());
      case STRING, INTEGER, FLOAT -> true;
      case OPERATOR -> token.isOperator("[") || token.isOperator("{");
      default -> false;
    };
  }
}
