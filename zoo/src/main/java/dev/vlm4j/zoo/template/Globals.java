package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.CallArguments.Bound;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions every template can call. */
final class Globals {
  private static final Set<String> REFUSED = Set.of("lipsum", "cycler", "joiner", "self", "super");

  private Globals() {}

  static @Nullable Value find(String name, Clock clock) {
    if (REFUSED.contains(name)) {
      throw TemplateException.unsupported("the global '" + name + "'");
    }
    return switch (name) {
      case "range" -> Function.of(name, Globals::range);
      case "dict" -> Function.of(name, Globals::dict);
      case "namespace" -> Function.of(name, Globals::namespace);
      case "raise_exception" -> Function.of(name, Globals::raise);
      case "strftime_now" -> Function.of(name, (arguments, budget) -> now(arguments, clock));
      default -> null;
    };
  }

  private static Value range(CallArguments arguments, Budget budget) {
    Bound bound = arguments.positional("range", 1, 3);
    long start = bound.has(1) ? bound.integer(0) : 0;
    long stop = bound.integer(bound.has(1) ? 1 : 0);
    long step = bound.integer(2, 1);
    if (step == 0) {
      throw TemplateException.evaluation("the step of range() cannot be zero");
    }
    RangeValue range = new RangeValue(start, stop, step);
    if (range.length() > budget.maxRange()) {
      throw TemplateException.of(
          TemplateException.Code.LIMIT, "a range longer than " + budget.maxRange());
    }
    return range;
  }

  private static Value dict(CallArguments arguments, Budget budget) {
    DictValue dict = new DictValue();
    if (arguments.positional().size() > 1) {
      throw TemplateException.evaluation("dict takes one argument by position");
    }
    for (Value source : arguments.positional()) {
      fill(dict, source, budget);
    }
    arguments.named().forEach(dict::put);
    return dict;
  }

  private static void fill(DictValue dict, Value source, Budget budget) {
    if (source instanceof DictValue other) {
      other.entries().forEach(entry -> dict.put(Keys.paid(entry.key(), budget), entry.value()));
      return;
    }
    if (source instanceof Undefined undefined) {
      throw undefined.failure();
    }
    for (Value item : Types.toList(source, budget)) {
      Value[] pair = Unpacking.exactly(item, 2, budget);
      dict.put(Keys.paid(pair[0], budget), pair[1]);
    }
  }

  private static Value namespace(CallArguments arguments, Budget budget) {
    Namespace namespace = new Namespace();
    DictValue attributes = (DictValue) dict(arguments, budget);
    attributes.entries().forEach(entry -> namespace.set(entry.key(), entry.value()));
    return namespace;
  }

  private static Value raise(CallArguments arguments, Budget budget) {
    Value message = arguments.bind("raise_exception", 1, "message").value(0);
    throw TemplateException.of(TemplateException.Code.RAISED, Repr.str(message, budget).text());
  }

  private static Value now(CallArguments arguments, Clock clock) {
    Str format = arguments.bind("strftime_now", 1, "format").string(0);
    return Str.of(Strftime.format(format.text(), LocalDateTime.now(clock)));
  }
}
