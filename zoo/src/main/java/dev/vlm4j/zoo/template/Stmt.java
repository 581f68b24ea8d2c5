package dev.vlm4j.zoo.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of the syntax tree. Immutable. */
sealed interface Stmt {
  int line();

  record Text(String text, int line) implements Stmt {}

  record Print(List<Expr> values, int line) implements Stmt {}

  record Assign(Target target, Expr value, int line) implements Stmt {}

  record AssignBlock(Target target, @Nullable Expr filters, Block body, int line) implements Stmt {}

  record If(List<Branch> branches, List<Stmt> otherwise, int line) implements Stmt {}

  record For(
      Target target, Expr items, @Nullable LoopTest test, Block body, Block otherwise, int line)
      implements Stmt {}

  record MacroDefinition(String name, Signature signature, Block body, int line) implements Stmt {}

  record CallBlock(Expr.Call call, Signature signature, Block body, int line) implements Stmt {}

  record FilterBlock(Expr filters, Block body, int line) implements Stmt {}

  record With(List<Target> targets, List<Expr> values, Block body, int line) implements Stmt {}

  record Generation(Block body, int line) implements Stmt {}

  record Break(int line) implements Stmt {}

  record Continue(int line) implements Stmt {}

  record Branch(Expr test, List<Stmt> body) {}

  /** The condition of {@code for ... if}; it has a scope of its own. */
  record LoopTest(Expr condition) {}

  record Signature(List<String> names, List<Expr> defaults) {
    static final Signature NONE = new Signature(List.of(), List.of());

    @Nullable Expr defaultOf(int index) {
      int at = index - (names.size() - defaults.size());
      return at < 0 ? null : defaults.get(at);
    }
  }

  /** Statements with a scope of their own. */
  record Block(List<Stmt> statements) {}

  /** What a value can be assigned to. */
  sealed interface Target {
    record Variable(String name) implements Target {}

    record Unpacking(List<Target> items) implements Target {}

    record Attribute(String namespace, String name) implements Target {}
  }
}
