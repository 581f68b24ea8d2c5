package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.Stmt.Block;
import dev.vlm4j.zoo.template.Stmt.Target;
import dev.vlm4j.zoo.template.Symbols.Load;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Works out before rendering which scope each name belongs to. Jinja decides this from the whole
 * template, so a name set further down already hides the context's value in loops before it.
 */
final class Scopes {
  private final Map<Object, Map<String, Load>> loads = new IdentityHashMap<>();

  private Scopes() {}

  static Scopes of(Block root) {
    Scopes scopes = new Scopes();
    Symbols symbols = new Symbols(null);
    scopes.define(root, symbols);
    return scopes;
  }

  /** The names of a {@link Block} or {@link Stmt.LoopTest} with their first values. */
  Map<String, Load> names(Object scope) {
    return loads.getOrDefault(scope, Map.of());
  }

  private void define(Block block, Symbols symbols) {
    visitAll(block.statements(), symbols);
    loads.put(block, symbols.loads());
    enterAll(block.statements(), symbols);
  }

  private static void visitAll(List<Stmt> statements, Symbols symbols) {
    statements.forEach(statement -> visit(statement, symbols));
  }

  /** Records what a statement reads and sets in the scope it stands in. */
  private static void visit(Stmt statement, Symbols symbols) {
    NameWalker reads = new NameWalker(symbols::load);
    if (statement instanceof Stmt.Print print) {
      print.values().forEach(reads::visit);
    } else if (statement instanceof Stmt.Assign assign) {
      reads.visit(assign.value());
      store(assign.target(), symbols);
    } else if (statement instanceof Stmt.AssignBlock assign) {
      // Jinja overlooks the names in the filters of a set block here.
      store(assign.target(), symbols);
    } else if (statement instanceof Stmt.If conditional) {
      visitIf(conditional, symbols);
    } else if (statement instanceof Stmt.For loop) {
      reads.visit(loop.items());
    } else if (statement instanceof Stmt.MacroDefinition macro) {
      symbols.store(macro.name());
    } else if (statement instanceof Stmt.CallBlock call) {
      reads.visit(call.call());
    } else if (statement instanceof Stmt.FilterBlock filter) {
      reads.visit(filter.filters());
    } else if (statement instanceof Stmt.With with) {
      with.values().forEach(reads::visit);
    }
  }

  private static void store(Target target, Symbols symbols) {
    if (target instanceof Target.Variable variable) {
      symbols.store(variable.name());
    } else if (target instanceof Target.Attribute attribute) {
      symbols.load(attribute.namespace());
    } else if (target instanceof Target.Unpacking unpacking) {
      unpacking.items().forEach(item -> store(item, symbols));
    }
  }

  private static void visitIf(Stmt.If conditional, Symbols symbols) {
    List<Stmt.Branch> branches = conditional.branches();
    new NameWalker(symbols::load).visit(branches.get(0).test());
    Symbols body = symbols.branch();
    visitAll(branches.get(0).body(), body);
    Symbols elifs = symbols.branch();
    for (Stmt.Branch branch : branches.subList(1, branches.size())) {
      visitIf(new Stmt.If(List.of(branch), List.of(), branch.test().line()), elifs);
    }
    Symbols otherwise = symbols.branch();
    visitAll(conditional.otherwise(), otherwise);
    symbols.merge(List.of(body, elifs, otherwise));
  }

  private void enterAll(List<Stmt> statements, Symbols symbols) {
    statements.forEach(statement -> enter(statement, symbols));
  }

  /** Defines the scopes inside a statement. */
  private void enter(Stmt statement, Symbols symbols) {
    if (statement instanceof Stmt.If conditional) {
      conditional.branches().forEach(branch -> enterAll(branch.body(), symbols));
      enterAll(conditional.otherwise(), symbols);
    } else if (statement instanceof Stmt.For loop) {
      enterLoop(loop, symbols);
    } else if (statement instanceof Stmt.AssignBlock assign) {
      enterAssignBlock(assign, new Symbols(symbols));
    } else if (statement instanceof Stmt.FilterBlock filter) {
      define(filter.body(), new Symbols(symbols));
    } else if (statement instanceof Stmt.With with) {
      define(with.body(), withParameters(with.targets(), new Symbols(symbols)));
    } else if (statement instanceof Stmt.MacroDefinition macro) {
      enterFunction(macro.signature(), macro.body(), macro.line(), symbols);
    } else if (statement instanceof Stmt.CallBlock call) {
      enterFunction(call.signature(), call.body(), call.line(), symbols);
    } else if (statement instanceof Stmt.Generation generation) {
      enterFunction(Stmt.Signature.NONE, generation.body(), generation.line(), symbols);
    }
  }

  private void enterAssignBlock(Stmt.AssignBlock assign, Symbols symbols) {
    define(assign.body(), symbols);
    NameWalker filters =
        new NameWalker(
            name -> {
              if (!symbols.knows(name)) {
                throw TemplateException.syntax(
                    assign.line(),
                    "Jinja cannot compile a set block whose filter reads '"
                        + name
                        + "', which nothing else there reads");
              }
            });
    filters.visit(assign.filters());
  }

  private static Symbols withParameters(List<Target> targets, Symbols symbols) {
    targets.forEach(target -> parameters(target, symbols));
    return symbols;
  }

  private static void parameters(Target target, Symbols symbols) {
    if (target instanceof Target.Variable variable) {
      symbols.parameter(variable.name());
    } else if (target instanceof Target.Unpacking unpacking) {
      unpacking.items().forEach(item -> parameters(item, symbols));
    }
  }

  private void enterLoop(Stmt.For loop, Symbols symbols) {
    if (loop.test() != null) {
      Symbols test = withParameters(List.of(loop.target()), new Symbols(symbols));
      new NameWalker(test::load).visit(loop.test().condition());
      loads.put(loop.test(), test.loads());
    }
    Symbols body = new Symbols(symbols);
    if (FreeNames.of(loop.body().statements()).contains("loop")) {
      body.parameter("loop");
    }
    define(loop.body(), withParameters(List.of(loop.target()), body));
    define(loop.otherwise(), new Symbols(symbols));
  }

  private void enterFunction(Stmt.Signature signature, Block body, int line, Symbols symbols) {
    requireDefaultOfCaller(signature, body, line);
    Symbols inner = new Symbols(symbols);
    signature.names().forEach(inner::parameter);
    signature.defaults().forEach(new NameWalker(inner::load)::visit);
    for (String special : specialNames(signature, body)) {
      inner.parameter(special);
    }
    define(body, inner);
  }

  private static void requireDefaultOfCaller(Stmt.Signature signature, Block body, int line) {
    int at = signature.names().indexOf("caller");
    boolean read = at >= 0 && FreeNames.of(body.statements()).contains("caller");
    if (read && signature.defaultOf(at) == null) {
      throw TemplateException.syntax(line, "the parameter 'caller' needs a default");
    }
  }

  /** Those of {@code caller, kwargs, varargs} that a function body reads without defining them. */
  static List<String> specialNames(Stmt.Signature signature, Block body) {
    List<String> result = new ArrayList<>();
    for (String name : List.of("caller", "kwargs", "varargs")) {
      boolean free = FreeNames.of(body.statements()).contains(name);
      if (free && !signature.names().contains(name)) {
        result.add(name);
      }
    }
    return result;
  }
}
