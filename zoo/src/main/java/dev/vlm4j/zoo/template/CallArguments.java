package dev.vlm4j.zoo.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The evaluated arguments of a call. */
record CallArguments(List<Value> positional, Map<String, Value> named) {
  static final CallArguments NONE = new CallArguments(List.of(), Map.of());

  static CallArguments of(List<Value> positional) {
    return new CallArguments(positional, Map.of());
  }

  /** Arguments after the first {@code count}. */
  CallArguments from(int count) {
    return new CallArguments(positional.subList(count, positional.size()), named);
  }

  /** Assigns the arguments to parameters; the first {@code required} must be given. */
  Bound bind(String function, int required, String... parameters) {
    if (positional.size() > parameters.length) {
      throw TemplateException.evaluation(
          function + " takes at most " + parameters.length + " arguments");
    }
    Map<String, Value> rest = new LinkedHashMap<>(named);
    Value[] values = new Value[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      boolean placed = i < positional.size();
      if (placed && rest.containsKey(parameters[i])) {
        throw twice(function, parameters[i]);
      }
      values[i] = placed ? positional.get(i) : rest.remove(parameters[i]);
      if (values[i] == null && i < required) {
        throw TemplateException.evaluation(function + " needs '" + parameters[i] + "'");
      }
    }
    refuse(function, rest);
    return new Bound(function, values);
  }

  private static TemplateException twice(String function, String parameter) {
    return TemplateException.evaluation(function + " got '" + parameter + "' twice");
  }

  private static void refuse(String function, Map<String, Value> rest) {
    if (!rest.isEmpty()) {
      String name = rest.keySet().iterator().next();
      throw TemplateException.evaluation(function + " has no parameter '" + name + "'");
    }
  }

  /** Like {@link #bind} but refuses arguments by name, as Python's built-in methods do. */
  Bound positional(String function, int required, int most) {
    refuse(function, named);
    if (positional.size() < required || positional.size() > most) {
      throw TemplateException.evaluation(
          function + " takes " + required + " to " + most + " arguments");
    }
    Value[] values = new Value[most];
    for (int i = 0; i < positional.size(); i++) {
      values[i] = positional.get(i);
    }
    return new Bound(function, values);
  }

  /** Arguments by parameter position; absent ones are null. */
  record Bound(String function, @Nullable Value[] values) {
    @Nullable Value get(int index) {
      return values[index];
    }

    boolean has(int index) {
      return values[index] != null;
    }

    /** Whether the argument is given and not None. */
    boolean given(int index) {
      return values[index] != null && values[index] != NoneValue.NONE;
    }

    Value value(int index) {
      Value value = values[index];
      if (value == null) {
        throw TemplateException.evaluation(function + " lacks argument " + (index + 1));
      }
      return value;
    }

    Value or(int index, Value fallback) {
      Value value = values[index];
      return value == null ? fallback : value;
    }

    long integer(int index) {
      return Numbers.index(value(index));
    }

    long integer(int index, long fallback) {
      return has(index) ? integer(index) : fallback;
    }

    boolean truth(int index, boolean fallback) {
      return has(index) ? Types.truth(value(index)) : fallback;
    }

    /** A truth that Python's own functions read, which take nothing but integers for it. */
    boolean flag(int index) {
      return has(index) && integer(index) != 0;
    }

    Str string(int index) {
      if (value(index) instanceof Str text) {
        return text;
      }
      throw TemplateException.evaluation(
          function + " needs a string, not a " + Types.name(value(index)));
    }
  }
}
