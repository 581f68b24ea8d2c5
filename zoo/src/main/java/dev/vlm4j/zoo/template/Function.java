package dev.vlm4j.zoo.template;

/** Something callable: a global, a macro or a method bound to its object. */
final class Function implements Value {
  /** The code behind a function. */
  @FunctionalInterface
  interface Body {
    Value call(CallArguments arguments, Budget budget);
  }

  private final String name;
  private final boolean macro;
  private final Body body;

  private Function(String name, boolean macro, Body body) {
    this.name = name;
    this.macro = macro;
    this.body = body;
  }

  static Function of(String name, Body body) {
    return new Function(name, false, body);
  }

  static Function macro(String name, Body body) {
    return new Function(name, true, body);
  }

  /** The body of a call block, which its macro knows as {@code caller}. */
  static Function anonymousMacro(Body body) {
    return new Function("", true, body);
  }

  String name() {
    return name;
  }

  boolean isMacro() {
    return macro;
  }

  Value call(CallArguments arguments, Budget budget) {
    return body.call(arguments, budget);
  }
}
