package dev.vlm4j.zoo.template;

import java.util.Arrays;

/** A string whose characters remember whether the user wrote them. Immutable. */
final class Str implements Value {
  private static final int[] NONE = {};
  static final Str EMPTY = of("");

  private final String text;

  /** Ascending disjoint [start, end) pairs in UTF-16 units. */
  private final int[] userRuns;

  private final boolean markup;
  private final int length;

  Str(String text, int[] userRuns, boolean markup) {
    this.text = text;
    this.userRuns = userRuns;
    this.markup = markup;
    this.length = text.codePointCount(0, text.length());
  }

  static Str of(String text) {
    return new Str(text, NONE, false);
  }

  static Str user(String text) {
    return new Str(text, text.isEmpty() ? NONE : new int[] {0, text.length()}, false);
  }

  String text() {
    return text;
  }

  int[] userRuns() {
    return userRuns;
  }

  /** True for the result of {@code safe} and {@code escape}, which Python treats as HTML. */
  boolean markup() {
    return markup;
  }

  Str asMarkup() {
    return markup ? this : new Str(text, userRuns, true);
  }

  Str asPlain() {
    return markup ? new Str(text, userRuns, false) : this;
  }

  boolean isUser(int unit) {
    int at = Arrays.binarySearch(userRuns, unit);
    int position = at >= 0 ? at + 1 : -at - 1;
    return position % 2 == 1;
  }

  /** UTF-16 length. */
  int units() {
    return text.length();
  }

  /** Length in code points, as Python counts. */
  int length() {
    return length;
  }

  private boolean hasSurrogates() {
    return length != text.length();
  }

  /** How many UTF-16 units are looked at to find a character. */
  int unitsToCount() {
    return hasSurrogates() ? text.length() : 0;
  }

  /** UTF-16 offset of a code point index. */
  int unitOf(int index) {
    return hasSurrogates() ? text.offsetByCodePoints(0, index) : index;
  }

  /** Code point index of a UTF-16 offset. */
  int indexOf(int unit) {
    return hasSurrogates() ? text.codePointCount(0, unit) : unit;
  }

  /** UTF-16 offsets of all characters, and the length. */
  int[] starts() {
    int[] starts = new int[length() + 1];
    int at = 0;
    for (int i = 1; i < starts.length; i++) {
      at += Character.charCount(text.codePointAt(at));
      starts[i] = at;
    }
    return starts;
  }

  int[] codePoints() {
    return text.codePoints().toArray();
  }

  /** The characters between two UTF-16 offsets, with their marks. */
  Str units(int from, int to) {
    if (from == 0 && to == text.length()) {
      return this;
    }
    if (userRuns.length == 0) {
      return new Str(text.substring(from, to), NONE, markup);
    }
    return new Str(text.substring(from, to), cutRuns(from, to), markup);
  }

  private int[] cutRuns(int from, int to) {
    int[] result = new int[userRuns.length];
    int size = 0;
    for (int i = 0; i < userRuns.length; i += 2) {
      int start = Math.max(userRuns[i], from);
      int end = Math.min(userRuns[i + 1], to);
      if (start < end) {
        result[size++] = start - from;
        result[size++] = end - from;
      }
    }
    return Arrays.copyOf(result, size);
  }

  /** The character at a code point index. */
  Str at(int index) {
    int from = unitOf(index);
    return units(from, from + Character.charCount(text.codePointAt(from)));
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Str that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
