package dev.vlm4j.zoo.template;

/** Python's {@code None}. */
enum NoneValue implements Value {
  NONE
}
