package dev.vlm4j.zoo.template;

/**
 * A missing value: prints as nothing, is false and empty, and fails in every other operation.
 *
 * @param reason says what is missing
 */
record Undefined(String reason) implements Value {
  static Undefined name(String name) {
    return new Undefined("'" + name + "' is undefined");
  }

  static Undefined attribute(Value object, String name) {
    return new Undefined("a value of type " + Types.name(object) + " has no '" + name + "'");
  }

  static Undefined unsafe(Value object, String name) {
    return new Undefined("access to '" + name + "' of a " + Types.name(object) + " is unsafe");
  }

  TemplateException failure() {
    return TemplateException.evaluation(reason);
  }
}
