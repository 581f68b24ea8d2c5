package dev.vlm4j.zoo.tokenizer;

import java.util.Arrays;

/**
 * Turns ids into text as they come, whole characters only: what may still change stays back, so
 * also a run of single bytes until another token follows. All pieces joined are the text of all
 * ids. For one thread.
 */
public final class StreamingDecoder {
  private static final char REPLACEMENT = '\uFFFD';
  private static final int START_CAPACITY = 64;

  private final PromptTokenizer tokenizer;
  private int[] ids = new int[START_CAPACITY];
  private int count;
  private int emitted;

  /** Starts without ids. */
  public StreamingDecoder(PromptTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** Adds an id and returns the text that is certain now, possibly empty. */
  public String add(int id) {
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, 2 * count);
    }
    ids[count++] = id;
    if (tokenizer.leavesTextOpen(id)) {
      return "";
    }
    String text = text();
    return emit(text, endOfWholeCharacters(text));
  }

  /** Returns what is left when no id follows. */
  public String finish() {
    String text = text();
    return emit(text, text.length());
  }

  /** Returns the text of all ids. */
  public String text() {
    return tokenizer.decode(Arrays.copyOf(ids, count));
  }

  /** A character whose bytes are not complete decodes to replacement characters at the end. */
  private static int endOfWholeCharacters(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == REPLACEMENT) {
      end--;
    }
    return end;
  }

  private String emit(String text, int end) {
    if (end <= emitted) {
      return "";
    }
    String piece = text.substring(emitted, end);
    emitted = end;
    return piece;
  }
}
