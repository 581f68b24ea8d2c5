package dev.vlm4j.zoo.template;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The body of a macro or call block with the scope it was defined in. */
record Macro(Stmt.Signature signature, Stmt.Block body, Frame frame, Interpreter interpreter)
    implements Function.Body {
  @Override
  public Value call(CallArguments arguments, Budget budget) {
    Map<String, Value> parameters = bind(arguments);
    budget.enter();
    Value result = interpreter.runMacro(this, parameters);
    budget.leave();
    return result;
  }

  private Map<String, Value> bind(CallArguments arguments) {
    List<String> names = signature.names();
    List<Value> positional = arguments.positional();
    Map<String, Value> rest = new LinkedHashMap<>(arguments.named());
    Map<String, Value> parameters = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Value value = i < positional.size() ? positional.get(i) : rest.remove(names.get(i));
      if (value != null) {
        parameters.put(names.get(i), value);
      }
    }
    int taken = Math.min(names.size(), positional.size());
    bindSpecial(parameters, rest, positional.subList(taken, positional.size()));
    return parameters;
  }

  private void bindSpecial(
      Map<String, Value> parameters, Map<String, Value> named, List<Value> positional) {
    List<String> special = Scopes.specialNames(signature, body);
    if (special.contains("caller")) {
      Value caller = named.remove("caller");
      parameters.put("caller", caller == null ? new Undefined("no caller defined") : caller);
    }
    if (special.contains("kwargs")) {
      DictValue rest = new DictValue();
      named.forEach(rest::put);
      parameters.put("kwargs", rest);
    } else if (!named.isEmpty()) {
      String name = named.keySet().iterator().next();
      throw TemplateException.evaluation("the macro has no parameter '" + name + "'");
    }
    if (special.contains("varargs")) {
      parameters.put("varargs", ListValue.tuple(positional));
    } else if (!positional.isEmpty()) {
      throw TemplateException.evaluation(
          "the macro takes at most " + signature.names().size() + " arguments");
    }
  }
}
