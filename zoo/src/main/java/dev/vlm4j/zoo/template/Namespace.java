package dev.vlm4j.zoo.template;

import org.jspecify.annotations.Nullable;

/** The one mutable object of the language: {@code namespace(found=false)}. */
final class Namespace implements Value {
  private final DictValue attributes = new DictValue();

  void set(Value name, Value value) {
    if (name instanceof Str text && text.text().startsWith("_")) {
      throw TemplateException.evaluation(
          "a namespace cannot hold '" + text + "': the name starts with an underscore");
    }
    attributes.put(name, value);
  }

  @Nullable Value get(String name) {
    return attributes.get(name);
  }

  DictValue attributes() {
    return attributes;
  }
}
