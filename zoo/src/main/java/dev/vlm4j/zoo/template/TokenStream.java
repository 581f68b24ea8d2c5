package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.Token.Kind;
import java.util.List;
import java.util.Locale;

/** A cursor over tokens; the last token is always END. */
final class TokenStream {
  private final List<Token> tokens;
  private int at;

  TokenStream(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token current() {
    return tokens.get(at);
  }

  Token next() {
    Token token = current();
    if (!token.is(Kind.END)) {
      at++;
    }
    return token;
  }

  Token look() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  boolean atOperator(String operator) {
    return current().isOperator(operator);
  }

  boolean skipOperator(String operator) {
    boolean found = atOperator(operator);
    if (found) {
      next();
    }
    return found;
  }

  boolean skipName(String name) {
    boolean found = current().isName(name);
    if (found) {
      next();
    }
    return found;
  }

  Token expect(Kind kind) {
    if (!current().is(kind)) {
      throw unexpected(kind == Kind.BLOCK_END ? "'%}'" : kind.name().toLowerCase(Locale.ROOT));
    }
    return next();
  }

  Token expectOperator(String operator) {
    if (!atOperator(operator)) {
      throw unexpected("'" + operator + "'");
    }
    return next();
  }

  Token expectName(String name) {
    if (!current().isName(name)) {
      throw unexpected("'" + name + "'");
    }
    return next();
  }

  TemplateException unexpected(String wanted) {
    return TemplateException.syntax(
        current().line(), "expected " + wanted + ", found " + current().describe());
  }
}
