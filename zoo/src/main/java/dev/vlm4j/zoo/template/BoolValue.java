package dev.vlm4j.zoo.template;

/** Python's {@code bool}. */
enum BoolValue implements Value {
  FALSE,
  TRUE;

  static BoolValue of(boolean value) {
    return value ? TRUE : FALSE;
  }

  boolean isTrue() {
    return this == TRUE;
  }
}
