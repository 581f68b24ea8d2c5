package dev.vlm4j.zoo.template;

import java.util.Iterator;

/** A Python generator or iterator: can be walked once and has no length and no text. */
record Stream(Iterator<Value> items) implements Value {}
