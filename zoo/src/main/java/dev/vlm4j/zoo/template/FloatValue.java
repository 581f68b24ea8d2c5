package dev.vlm4j.zoo.template;

/** Python's {@code float}. */
record FloatValue(double value) implements Value {}
