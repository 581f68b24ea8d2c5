package dev.vlm4j.zoo.template;

/** Python's {@code int}, held in 64 bits; arithmetic that needs more is refused. */
record IntValue(long value) implements Value {}
