package dev.vlm4j.zoo.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds marked text within a budget. */
final class StrBuilder {
  private final Budget budget;
  private final StringBuilder text = new StringBuilder();
  private int[] runs = new int[4];
  private int size;

  StrBuilder(Budget budget) {
    this.budget = budget;
  }

  StrBuilder append(String plain) {
    return append(plain, false);
  }

  StrBuilder append(String added, boolean user) {
    budget.chars(added.length(), (long) text.length() + added.length());
    int start = text.length();
    text.append(added);
    if (user) {
      mark(start, text.length());
    }
    return this;
  }

  StrBuilder append(Str added) {
    return append(added, 0, added.units());
  }

  /** Appends the characters between two UTF-16 offsets. */
  StrBuilder append(Str added, int from, int to) {
    budget.chars(to - from, (long) text.length() + to - from);
    int shift = text.length() - from;
    text.append(added.text(), from, to);
    int[] source = added.userRuns();
    for (int i = 0; i < source.length && source[i] < to; i += 2) {
      mark(Math.max(source[i], from) + shift, Math.min(source[i + 1], to) + shift);
    }
    return this;
  }

  private void mark(int start, int end) {
    if (start >= end) {
      return;
    }
    if (size > 0 && runs[size - 1] == start) {
      runs[size - 1] = end;
      return;
    }
    if (size == runs.length) {
      runs = Arrays.copyOf(runs, size * 2);
    }
    runs[size++] = start;
    runs[size++] = end;
  }

  int length() {
    return text.length();
  }

  Str build() {
    return new Str(text.toString(), Arrays.copyOf(runs, size), false);
  }

  List<TemplatePart> parts() {
    List<TemplatePart> parts = new ArrayList<>();
    int done = 0;
    for (int i = 0; i < size; i += 2) {
      addPart(parts, done, runs[i], false);
      addPart(parts, runs[i], runs[i + 1], true);
      done = runs[i + 1];
    }
    addPart(parts, done, text.length(), false);
    return List.copyOf(parts);
  }

  private void addPart(List<TemplatePart> parts, int from, int to, boolean user) {
    if (from < to) {
      parts.add(new TemplatePart(text.substring(from, to), user));
    }
  }
}
