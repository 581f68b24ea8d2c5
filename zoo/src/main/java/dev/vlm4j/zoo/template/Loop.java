package dev.vlm4j.zoo.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The special variable {@code loop}; looks ahead one element only when it is asked to. */
final class Loop implements Value {
  private final Value source;
  private final Budget budget;
  private Iterator<Value> items;
  private @Nullable Value before;
  private @Nullable Value current;
  private @Nullable Value after;
  private @Nullable List<Value> lastChanged;
  private long index0 = -1;
  private long length = -1;

  Loop(Value source, Budget budget) {
    this.source = source;
    this.budget = budget;
    this.items = Types.iterate(source);
  }

  boolean hasNext() {
    return after != null || items.hasNext();
  }

  Value next() {
    Value next = after != null ? after : items.next();
    after = null;
    index0++;
    before = current;
    current = next;
    return next;
  }

  private @Nullable Value peek() {
    if (after == null && items.hasNext()) {
      after = items.next();
    }
    return after;
  }

  long length() {
    if (length < 0) {
      length = Types.hasLength(source) ? Types.length(source) : countRest();
    }
    return length;
  }

  private long countRest() {
    List<Value> rest = new ArrayList<>();
    while (items.hasNext()) {
      budget.steps(1);
      rest.add(items.next());
    }
    items = rest.iterator();
    return rest.size() + index0 + 1 + (after == null ? 0 : 1);
  }

  long index0() {
    return index0;
  }

  @Nullable Value attribute(String name) {
    return switch (name) {
      case "index" -> new IntValue(index0 + 1);
      case "index0" -> new IntValue(index0);
      case "revindex" -> new IntValue(length() - index0);
      case "revindex0" -> new IntValue(length() - index0 - 1);
      case "first" -> BoolValue.of(index0 == 0);
      case "last" -> BoolValue.of(peek() == null);
      case "length" -> new IntValue(length());
      case "depth" -> new IntValue(1);
      case "depth0" -> new IntValue(0);
      default -> neighbour(name);
    };
  }

  private @Nullable Value neighbour(String name) {
    return switch (name) {
      case "previtem" -> index0 == 0 ? new Undefined("there is no previous item") : before;
      case "nextitem" -> peek() == null ? new Undefined("there is no next item") : after;
      case "cycle" -> Function.of("cycle", (arguments, unused) -> cycle(arguments));
      case "changed" -> Function.of("changed", (arguments, unused) -> changed(arguments));
      default -> null;
    };
  }

  private Value cycle(CallArguments arguments) {
    List<Value> choices = arguments.positional();
    if (choices.isEmpty()) {
      throw TemplateException.evaluation("loop.cycle needs arguments");
    }
    return choices.get((int) (index0 % choices.size()));
  }

  private Value changed(CallArguments arguments) {
    List<Value> now = arguments.positional();
    boolean same =
        lastChanged != null
            && Comparisons.equal(ListValue.tuple(lastChanged), ListValue.tuple(now), budget);
    lastChanged = now;
    return BoolValue.of(!same);
  }
}
