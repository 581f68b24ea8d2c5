package dev.vlm4j.zoo.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes expressions. Confined to one render. */
final class Evaluator {
  private final Budget budget;

  Evaluator(Budget budget) {
    this.budget = budget;
  }

  Value eval(Expr expr, Frame frame) {
    budget.at(expr.line());
    if (expr instanceof Expr.Literal literal) {
      return literal.value();
    }
    if (expr instanceof Expr.Name name) {
      Value value = frame.get(name.name());
      return value == null ? Undefined.name(name.name()) : value;
    }
    if (expr instanceof Expr.GetAttr get) {
      return Attributes.attribute(eval(get.object(), frame), get.name());
    }
    if (expr instanceof Expr.GetItem get) {
      Value object = eval(get.object(), frame);
      if (object instanceof Str text) {
        budget.chars(text.unitsToCount(), 0);
      }
      return Attributes.item(object, Keys.paid(eval(get.key(), frame), budget));
    }
    return evalApplied(expr, frame);
  }

  boolean test(Expr expr, Frame frame) {
    return Types.truth(eval(expr, frame));
  }

  /** Applies a chain of filters to the text of a block. */
  Value evalChain(Expr chain, Value start, Frame frame) {
    if (chain instanceof Expr.FilterCall filter) {
      Value input = evalChain(filter.input(), start, frame);
      budget.at(filter.line());
      return Filters.apply(filter.name(), input, arguments(filter.arguments(), frame), budget);
    }
    return start;
  }

  private Value evalApplied(Expr expr, Frame frame) {
    if (expr instanceof Expr.Call call) {
      Value function = eval(call.function(), frame);
      return call(function, arguments(call.arguments(), frame));
    }
    if (expr instanceof Expr.FilterCall filter) {
      Value input = eval(filter.input(), frame);
      return Filters.apply(filter.name(), input, arguments(filter.arguments(), frame), budget);
    }
    if (expr instanceof Expr.TestCall test) {
      Value input = eval(test.input(), frame);
      CallArguments arguments = arguments(test.arguments(), frame);
      return BoolValue.of(Tests.apply(test.name(), input, arguments, budget));
    }
    if (expr instanceof Expr.Slice slice) {
      return slice(slice, frame);
    }
    return evalOperation(expr, frame);
  }

  private Value slice(Expr.Slice slice, Frame frame) {
    return Slicing.slice(
        eval(slice.object(), frame),
        evalOptional(slice.start(), frame),
        evalOptional(slice.stop(), frame),
        evalOptional(slice.step(), frame),
        budget);
  }

  private @Nullable Value evalOptional(@Nullable Expr expr, Frame frame) {
    return expr == null ? null : eval(expr, frame);
  }

  private Value evalOperation(Expr expr, Frame frame) {
    if (expr instanceof Expr.Binary binary) {
      Value left = eval(binary.left(), frame);
      return Arithmetic.apply(binary.operator(), left, eval(binary.right(), frame), budget);
    }
    if (expr instanceof Expr.Unary unary) {
      return Arithmetic.negate(eval(unary.operand(), frame), unary.operator() == '-');
    }
    if (expr instanceof Expr.Not not) {
      return BoolValue.of(!test(not.operand(), frame));
    }
    if (expr instanceof Expr.And and) {
      Value left = eval(and.left(), frame);
      return Types.truth(left) ? eval(and.right(), frame) : left;
    }
    if (expr instanceof Expr.Or or) {
      Value left = eval(or.left(), frame);
      return Types.truth(left) ? left : eval(or.right(), frame);
    }
    return evalChoice(expr, frame);
  }

  private Value evalChoice(Expr expr, Frame frame) {
    if (expr instanceof Expr.Compare compare) {
      return BoolValue.of(compare(compare, frame));
    }
    if (expr instanceof Expr.Conditional conditional) {
      return conditional(conditional, frame);
    }
    if (expr instanceof Expr.Concat concat) {
      StrBuilder out = new StrBuilder(budget);
      evalAll(concat.items(), frame).forEach(item -> Repr.print(item, out, budget));
      return out.build();
    }
    if (expr instanceof Expr.ListLiteral list) {
      return ListValue.list(evalAll(list.items(), frame));
    }
    if (expr instanceof Expr.TupleLiteral tuple) {
      return ListValue.tuple(evalAll(tuple.items(), frame));
    }
    if (expr instanceof Expr.DictLiteral dict) {
      return dict(dict, frame);
    }
    throw new AssertionError(expr);
  }

  private Value conditional(Expr.Conditional conditional, Frame frame) {
    if (test(conditional.test(), frame)) {
      return eval(conditional.then(), frame);
    }
    return conditional.otherwise() == null
        ? new Undefined("the inline if-expression was false and has no else")
        : eval(conditional.otherwise(), frame);
  }

  private List<Value> evalAll(List<Expr> exprs, Frame frame) {
    List<Value> values = new ArrayList<>(exprs.size());
    for (Expr expr : exprs) {
      values.add(eval(expr, frame));
    }
    return values;
  }

  private Value dict(Expr.DictLiteral literal, Frame frame) {
    DictValue dict = new DictValue();
    for (int i = 0; i < literal.keys().size(); i++) {
      Value key = Keys.paid(eval(literal.keys().get(i), frame), budget);
      dict.put(key, eval(literal.values().get(i), frame));
    }
    return dict;
  }

  private boolean compare(Expr.Compare compare, Frame frame) {
    Value left = eval(compare.first(), frame);
    for (Expr.Comparison comparison : compare.rest()) {
      Value right = eval(comparison.right(), frame);
      if (!holds(comparison.comparator(), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private boolean holds(Expr.Comparator comparator, Value left, Value right) {
    return switch (comparator) {
      case EQUAL -> Comparisons.equal(left, right, budget);
      case NOT_EQUAL -> !Comparisons.equal(left, right, budget);
      case LESS -> Comparisons.less(left, right, budget);
      case LESS_OR_EQUAL -> Comparisons.lessOrEqual(left, right, budget);
      case GREATER -> Comparisons.less(right, left, budget);
      case GREATER_OR_EQUAL -> Comparisons.lessOrEqual(right, left, budget);
      case IN -> Comparisons.contains(right, left, budget);
      case NOT_IN -> !Comparisons.contains(right, left, budget);
    };
  }

  Value call(Value function, CallArguments arguments) {
    if (function instanceof Function callable) {
      return callable.call(arguments, budget);
    }
    if (function instanceof Undefined undefined) {
      throw undefined.failure();
    }
    throw TemplateException.evaluation("a " + Types.name(function) + " cannot be called");
  }

  CallArguments arguments(Expr.Arguments arguments, Frame frame) {
    return arguments(arguments, Map.of(), frame);
  }

  /** Arguments with further named ones, which come before those of {@code **}. */
  CallArguments arguments(Expr.Arguments arguments, Map<String, Value> more, Frame frame) {
    List<Value> positional = evalAll(arguments.positional(), frame);
    Map<String, Value> named = new LinkedHashMap<>();
    for (Expr.Keyword keyword : arguments.named()) {
      named.put(keyword.name(), eval(keyword.value(), frame));
    }
    more.forEach(named::put);
    if (arguments.starred() != null) {
      positional.addAll(Types.toList(eval(arguments.starred(), frame), budget));
    }
    if (arguments.doubleStarred() != null) {
      addNamed(named, eval(arguments.doubleStarred(), frame));
    }
    return new CallArguments(positional, named);
  }

  private static void addNamed(Map<String, Value> named, Value more) {
    if (!(more instanceof DictValue dict)) {
      throw TemplateException.evaluation("'**' needs a mapping, not a " + Types.name(more));
    }
    for (DictValue.Entry entry : dict.entries()) {
      boolean fresh = entry.key() instanceof Str name && !named.containsKey(name.text());
      if (!fresh) {
        throw TemplateException.evaluation("'**' needs new names that are strings");
      }
      named.put(((Str) entry.key()).text(), entry.value());
    }
  }
}
