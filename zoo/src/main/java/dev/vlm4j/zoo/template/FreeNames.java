package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.Stmt.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names that statements read, at any depth, before anything in them sets the same name. */
final class FreeNames {
  private final Set<String> read = new HashSet<>();
  private final Set<String> free = new HashSet<>();
  private final Set<String> bound = new HashSet<>();
  private final NameWalker reads = new NameWalker(this::read);

  private FreeNames() {}

  static Set<String> of(List<Stmt> statements) {
    FreeNames names = new FreeNames();
    names.visitAll(statements);
    return names.free;
  }

  /** Returns all names that statements read, those too that something in them may set. */
  static Set<String> read(List<Stmt> statements) {
    FreeNames names = new FreeNames();
    names.visitAll(statements);
    return names.read;
  }

  private void read(String name) {
    read.add(name);
    if (!bound.contains(name)) {
      free.add(name);
    }
  }

  private void visitAll(List<Stmt> statements) {
    statements.forEach(this::visit);
  }

  private void visit(Stmt statement) {
    if (statement instanceof Stmt.Print print) {
      print.values().forEach(reads::visit);
    } else if (statement instanceof Stmt.Assign assign) {
      bind(assign.target());
      reads.visit(assign.value());
    } else if (statement instanceof Stmt.AssignBlock assign) {
      bind(assign.target());
      reads.visit(assign.filters());
      visitAll(assign.body().statements());
    } else if (statement instanceof Stmt.If conditional) {
      visitIf(conditional);
    } else if (statement instanceof Stmt.For loop) {
      visitFor(loop);
    } else if (statement instanceof Stmt.With with) {
      with.targets().forEach(this::bind);
      with.values().forEach(reads::visit);
      visitAll(with.body().statements());
    } else {
      visitFunction(statement);
    }
  }

  private void visitIf(Stmt.If conditional) {
    for (Stmt.Branch branch : conditional.branches()) {
      reads.visit(branch.test());
      visitAll(branch.body());
    }
    visitAll(conditional.otherwise());
  }

  private void visitFor(Stmt.For loop) {
    bind(loop.target());
    reads.visit(loop.items());
    visitAll(loop.body().statements());
    visitAll(loop.otherwise().statements());
    if (loop.test() != null) {
      reads.visit(loop.test().condition());
    }
  }

  private void visitFunction(Stmt statement) {
    if (statement instanceof Stmt.MacroDefinition macro) {
      visitSignature(macro.signature());
      visitAll(macro.body().statements());
    } else if (statement instanceof Stmt.CallBlock call) {
      reads.visit(call.call());
      visitSignature(call.signature());
      visitAll(call.body().statements());
    } else if (statement instanceof Stmt.FilterBlock filter) {
      visitAll(filter.body().statements());
      reads.visit(filter.filters());
    } else if (statement instanceof Stmt.Generation generation) {
      visitAll(generation.body().statements());
    }
  }

  private void visitSignature(Stmt.Signature signature) {
    bound.addAll(signature.names());
    signature.defaults().forEach(reads::visit);
  }

  private void bind(Target target) {
    if (target instanceof Target.Variable variable) {
      bound.add(variable.name());
    } else if (target instanceof Target.Unpacking unpacking) {
      unpacking.items().forEach(this::bind);
    }
  }
}
