package dev.vlm4j.zoo.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the arguments of a call and refuses orders that Jinja refuses. */
final class ArgumentCollector {
  private final int line;
  private final List<Expr> positional = new ArrayList<>();
  private final List<Expr.Keyword> named = new ArrayList<>();
  private @Nullable Expr starred;
  private @Nullable Expr doubleStarred;

  ArgumentCollector(int line) {
    this.line = line;
  }

  void positional(Expr value) {
    require(starred == null && doubleStarred == null && named.isEmpty());
    positional.add(value);
  }

  void named(String name, Expr value) {
    require(doubleStarred == null);
    for (Expr.Keyword keyword : named) {
      require(!keyword.name().equals(name));
    }
    named.add(new Expr.Keyword(name, value));
  }

  void starred(Expr value) {
    require(starred == null && doubleStarred == null);
    starred = value;
  }

  void doubleStarred(Expr value) {
    require(doubleStarred == null);
    doubleStarred = value;
  }

  private void require(boolean valid) {
    if (!valid) {
      throw TemplateException.syntax(line, "invalid arguments of a call");
    }
  }

  Expr.Arguments build() {
    return new Expr.Arguments(positional, named, starred, doubleStarred);
  }
}
