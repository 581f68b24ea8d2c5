package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.Stmt.Block;
import dev.vlm4j.zoo.template.Stmt.Target;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the statements of one render. */
final class Interpreter {
  private enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  private final Scopes scopes;
  private final Map<String, Value> context;
  private final Budget budget;
  private final Clock clock;
  private final Evaluator evaluator;

  Interpreter(Scopes scopes, Map<String, Value> context, Budget budget, Clock clock) {
    this.scopes = scopes;
    this.context = context;
    this.budget = budget;
    this.clock = clock;
    this.evaluator = new Evaluator(budget);
  }

  StrBuilder run(Block root) {
    StrBuilder out = new StrBuilder(budget);
    runAll(root.statements(), enter(root, null), out);
    return out;
  }

  /** A new scope whose names have their first values. */
  private Frame enter(Object scope, @Nullable Frame parent) {
    Frame frame = new Frame(parent);
    for (Map.Entry<String, Symbols.Load> name : scopes.names(scope).entrySet()) {
      frame.set(name.getKey(), firstValue(name.getKey(), name.getValue(), parent));
    }
    return frame;
  }

  private @Nullable Value firstValue(String name, Symbols.Load load, @Nullable Frame parent) {
    return switch (load) {
      case CONTEXT -> resolve(name);
      case OUTER -> parent == null ? null : parent.get(name);
      case PARAMETER, UNDEFINED -> null;
    };
  }

  private @Nullable Value resolve(String name) {
    Value value = context.get(name);
    return value == null ? Globals.find(name, clock) : value;
  }

  private Flow runAll(List<Stmt> statements, Frame frame, StrBuilder out) {
    for (Stmt statement : statements) {
      budget.at(statement.line());
      Flow flow = run(statement, frame, out);
      if (flow != Flow.NEXT) {
        return flow;
      }
    }
    return Flow.NEXT;
  }

  private Flow run(Stmt statement, Frame frame, StrBuilder out) {
    if (statement instanceof Stmt.Text text) {
      out.append(text.text());
    } else if (statement instanceof Stmt.Print print) {
      for (Expr value : print.values()) {
        Repr.print(evaluator.eval(value, frame), out, budget);
      }
    } else if (statement instanceof Stmt.Assign assign) {
      requireNamespaces(assign.target(), frame);
      assign(assign.target(), evaluator.eval(assign.value(), frame), frame);
    } else if (statement instanceof Stmt.MacroDefinition macro) {
      Macro code = new Macro(macro.signature(), macro.body(), frame, this);
      frame.set(macro.name(), Function.macro(macro.name(), code));
    } else if (statement instanceof Stmt.If conditional) {
      return choose(conditional, frame, out);
    } else {
      return runBlock(statement, frame, out);
    }
    return Flow.NEXT;
  }

  private Flow runBlock(Stmt statement, Frame frame, StrBuilder out) {
    if (statement instanceof Stmt.For loop) {
      return loop(loop, frame, out);
    }
    if (statement instanceof Stmt.AssignBlock assign) {
      return assignBlock(assign, frame);
    }
    if (statement instanceof Stmt.FilterBlock filter) {
      return filterBlock(filter, frame, out);
    }
    if (statement instanceof Stmt.With with) {
      return with(with, frame, out);
    }
    if (statement instanceof Stmt.Break) {
      return Flow.BREAK;
    }
    if (statement instanceof Stmt.Continue) {
      return Flow.CONTINUE;
    }
    callBlock(statement, frame, out);
    return Flow.NEXT;
  }

  private Flow choose(Stmt.If conditional, Frame frame, StrBuilder out) {
    for (Stmt.Branch branch : conditional.branches()) {
      if (evaluator.test(branch.test(), frame)) {
        return runAll(branch.body(), frame, out);
      }
    }
    return runAll(conditional.otherwise(), frame, out);
  }

  private Flow loop(Stmt.For loop, Frame frame, StrBuilder out) {
    Value items = evaluator.eval(loop.items(), frame);
    if (loop.test() != null) {
      items = new Stream(selected(loop, loop.test(), Types.iterate(items), frame));
    }
    Loop state = new Loop(items, budget);
    boolean needsLoop = scopes.names(loop.body()).get("loop") == Symbols.Load.PARAMETER;
    boolean completedOne = false;
    while (state.hasNext()) {
      budget.steps(1);
      Value item = state.next();
      Frame inner = enter(loop.body(), frame);
      assign(loop.target(), item, inner);
      if (needsLoop) {
        inner.set("loop", state);
      }
      Flow flow = runAll(loop.body().statements(), inner, out);
      if (flow == Flow.BREAK) {
        break;
      }
      completedOne |= flow == Flow.NEXT;
    }
    // As in Jinja, only an iteration that ran to its end keeps the else branch from running.
    return completedOne ? Flow.NEXT : otherwise(loop.otherwise(), frame, out);
  }

  private Flow otherwise(Block block, Frame frame, StrBuilder out) {
    return runAll(block.statements(), enter(block, frame), out);
  }

  private Iterator<Value> selected(
      Stmt.For loop, Stmt.LoopTest test, Iterator<Value> items, Frame frame) {
    Iterator<Value> assigned = Streams.map(items, item -> unpacked(loop.target(), item));
    return Streams.filter(
        assigned,
        item -> {
          budget.steps(1);
          Frame inner = enter(test, frame);
          assign(loop.target(), item, inner);
          return evaluator.test(test.condition(), inner);
        });
  }

  /** The value as the loop's target sees it: what is taken apart becomes tuples. */
  private Value unpacked(Target target, Value item) {
    if (!(target instanceof Target.Unpacking unpacking)) {
      return item;
    }
    Value[] values = Unpacking.exactly(item, unpacking.items().size(), budget);
    List<Value> result = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      result.add(unpacked(unpacking.items().get(i), values[i]));
    }
    return ListValue.tuple(result);
  }

  private void requireNamespaces(Target target, Frame frame) {
    if (target instanceof Target.Attribute attribute) {
      namespace(attribute, frame);
    } else if (target instanceof Target.Unpacking unpacking) {
      unpacking.items().forEach(item -> requireNamespaces(item, frame));
    }
  }

  private static Namespace namespace(Target.Attribute attribute, Frame frame) {
    if (frame.get(attribute.namespace()) instanceof Namespace namespace) {
      return namespace;
    }
    throw TemplateException.evaluation(
        "'" + attribute.namespace() + "' is not a namespace, its attribute cannot be set");
  }

  private void assign(Target target, Value value, Frame frame) {
    if (target instanceof Target.Variable variable) {
      frame.set(variable.name(), value);
    } else if (target instanceof Target.Attribute attribute) {
      namespace(attribute, frame).set(Str.of(attribute.name()), value);
    } else if (target instanceof Target.Unpacking unpacking) {
      Value[] values = Unpacking.exactly(value, unpacking.items().size(), budget);
      for (int i = 0; i < values.length; i++) {
        assign(unpacking.items().get(i), values[i], frame);
      }
    }
  }

  private Flow assignBlock(Stmt.AssignBlock assign, Frame frame) {
    requireNamespaces(assign.target(), frame);
    StrBuilder captured = new StrBuilder(budget);
    Frame inner = enter(assign.body(), frame);
    Flow flow = runAll(assign.body().statements(), inner, captured);
    if (flow == Flow.NEXT) {
      Value value = captured.build();
      Expr filters = assign.filters();
      Value filtered = filters == null ? value : evaluator.evalChain(filters, value, inner);
      assign(assign.target(), filtered, frame);
    }
    return flow;
  }

  private Flow filterBlock(Stmt.FilterBlock filter, Frame frame, StrBuilder out) {
    StrBuilder captured = new StrBuilder(budget);
    Frame inner = enter(filter.body(), frame);
    Flow flow = runAll(filter.body().statements(), inner, captured);
    if (flow == Flow.NEXT) {
      appendText(evaluator.evalChain(filter.filters(), captured.build(), inner), out);
    }
    return flow;
  }

  /** Jinja prints what a filter or call block gives as it is, so it must be a string. */
  private static void appendText(Value value, StrBuilder out) {
    if (!(value instanceof Str text)) {
      throw TemplateException.evaluation(
          "a filter or call block must give a string, not a " + Types.name(value));
    }
    out.append(text);
  }

  private Flow with(Stmt.With with, Frame frame, StrBuilder out) {
    Frame inner = enter(with.body(), frame);
    for (int i = 0; i < with.targets().size(); i++) {
      assign(with.targets().get(i), evaluator.eval(with.values().get(i), frame), inner);
    }
    return runAll(with.body().statements(), inner, out);
  }

  private void callBlock(Stmt statement, Frame frame, StrBuilder out) {
    if (statement instanceof Stmt.Generation generation) {
      Macro body = new Macro(Stmt.Signature.NONE, generation.body(), frame, this);
      Repr.print(body.call(CallArguments.NONE, budget), out, budget);
    } else if (statement instanceof Stmt.CallBlock block) {
      Macro caller = new Macro(block.signature(), block.body(), frame, this);
      Value function = evaluator.eval(block.call().function(), frame);
      CallArguments arguments =
          evaluator.arguments(
              block.call().arguments(), Map.of("caller", Function.anonymousMacro(caller)), frame);
      appendText(evaluator.call(function, arguments), out);
    } else {
      throw new AssertionError(statement);
    }
  }

  /** Runs a macro's body with its parameters; those without a value take their defaults. */
  Str runMacro(Macro macro, Map<String, Value> parameters) {
    Frame frame = enter(macro.body(), macro.frame());
    parameters.forEach(frame::set);
    List<String> names = macro.signature().names();
    for (int i = 0; i < names.size(); i++) {
      if (!parameters.containsKey(names.get(i))) {
        Expr fallback = macro.signature().defaultOf(i);
        Value value =
            fallback == null
                ? new Undefined("parameter '" + names.get(i) + "' was not provided")
                : evaluator.eval(fallback, frame);
        frame.set(names.get(i), value);
      }
    }
    StrBuilder out = new StrBuilder(budget);
    runAll(macro.body().statements(), frame, out);
    return out.build();
  }
}
