package dev.vlm4j.zoo.template;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Visits every name that an expression reads. */
final class NameWalker {
  private final Consumer<String> reader;

  NameWalker(Consumer<String> reader) {
    this.reader = reader;
  }

  void visit(@Nullable Expr expr) {
    if (expr == null || expr instanceof Expr.Literal || expr instanceof Expr.Captured) {
      return;
    }
    if (expr instanceof Expr.Name name) {
      reader.accept(name.name());
    } else if (!visitAccess(expr) && !visitOperation(expr)) {
      visitCollection(expr);
    }
  }

  private void visitAll(List<Expr> exprs) {
    exprs.forEach(this::visit);
  }

  private boolean visitAccess(Expr expr) {
    if (expr instanceof Expr.GetAttr get) {
      visit(get.object());
    } else if (expr instanceof Expr.GetItem get) {
      visit(get.object());
      visit(get.key());
    } else if (expr instanceof Expr.Slice slice) {
      visit(slice.object());
      visit(slice.start());
      visit(slice.stop());
      visit(slice.step());
    } else {
      return visitCall(expr);
    }
    return true;
  }

  private boolean visitCall(Expr expr) {
    if (expr instanceof Expr.Call call) {
      visit(call.function());
      visit(call.arguments());
    } else if (expr instanceof Expr.FilterCall filter) {
      visit(filter.input());
      visit(filter.arguments());
    } else if (expr instanceof Expr.TestCall test) {
      visit(test.input());
      visit(test.arguments());
    } else {
      return false;
    }
    return true;
  }

  private void visit(Expr.Arguments arguments) {
    visitAll(arguments.positional());
    arguments.named().forEach(keyword -> visit(keyword.value()));
    visit(arguments.starred());
    visit(arguments.doubleStarred());
  }

  private boolean visitOperation(Expr expr) {
    if (expr instanceof Expr.Unary unary) {
      visit(unary.operand());
    } else if (expr instanceof Expr.Not not) {
      visit(not.operand());
    } else if (expr instanceof Expr.Binary binary) {
      visit(binary.left());
      visit(binary.right());
    } else if (expr instanceof Expr.And and) {
      visit(and.left());
      visit(and.right());
    } else if (expr instanceof Expr.Or or) {
      visit(or.left());
      visit(or.right());
    } else {
      return visitChoice(expr);
    }
    return true;
  }

  private boolean visitChoice(Expr expr) {
    if (expr instanceof Expr.Compare compare) {
      visit(compare.first());
      compare.rest().forEach(comparison -> visit(comparison.right()));
    } else if (expr instanceof Expr.Conditional conditional) {
      visit(conditional.test());
      visit(conditional.then());
      visit(conditional.otherwise());
    } else {
      return false;
    }
    return true;
  }

  private void visitCollection(Expr expr) {
    if (expr instanceof Expr.ListLiteral list) {
      visitAll(list.items());
    } else if (expr instanceof Expr.TupleLiteral tuple) {
      visitAll(tuple.items());
    } else if (expr instanceof Expr.Concat concat) {
      visitAll(concat.items());
    } else if (expr instanceof Expr.DictLiteral dict) {
      visitAll(dict.keys());
      visitAll(dict.values());
    } else {
      throw new AssertionError(expr);
    }
  }
}
