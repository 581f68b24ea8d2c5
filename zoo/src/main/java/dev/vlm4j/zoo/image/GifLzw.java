package dev.vlm4j.zoo.image;

import java.nio.ByteBuffer;

/** The compression of GIF; the data must fill the frame exactly or be longer. */
final class GifLzw {
  private static final int MAX_CODES = 4096;

  private final ByteBuffer in;
  private final int[] prefix = new int[MAX_CODES];
  private final byte[] suffix = new byte[MAX_CODES];
  private final byte[] stack = new byte[MAX_CODES + 1];
  private int blockLeft;
  private int bits;
  private int bitCount;

  GifLzw(ByteBuffer in) {
    this.in = in;
  }

  byte[] decode(int pixels) {
    int minimum = in.get() & 0xFF;
    if (minimum < 1 || minimum > 11) {
      throw new UnreadableImageException("its code size is impossible");
    }
    byte[] target = new byte[pixels];
    int clear = 1 << minimum;
    for (int i = 0; i < clear; i++) {
      suffix[i] = (byte) i;
    }
    expand(target, minimum, clear);
    return target;
  }

  private void expand(byte[] target, int minimum, int clear) {
    int width = minimum + 1;
    int next = clear + 2;
    int previous = -1;
    int out = 0;
    while (out < target.length) {
      int code = read(width);
      if (code == clear) {
        width = minimum + 1;
        next = clear + 2;
        previous = -1;
        continue;
      }
      if (code == clear + 1 || code > next || (code == next && previous < 0)) {
        throw new UnreadableImageException("its compressed data are damaged or too short");
      }
      out = emit(code == next ? previous : code, code == next, clear, target, out);
      if (previous >= 0 && next < MAX_CODES) {
        prefix[next] = previous;
        suffix[next++] = stack[0];
        if (next == 1 << width && width < 12) {
          width++;
        }
      }
      previous = code;
    }
  }

  /** Writes the string of a code, first byte left in {@code stack[0]}; repeats it if asked to. */
  private int emit(int code, boolean repeatFirst, int clear, byte[] target, int offset) {
    int depth = stack.length;
    int link = code;
    while (link >= clear) {
      stack[--depth] = suffix[link];
      link = prefix[link];
    }
    byte first = suffix[link];
    int out = offset;
    target[out++] = first;
    for (int i = depth; i < stack.length && out < target.length; i++) {
      target[out++] = stack[i];
    }
    if (repeatFirst && out < target.length) {
      target[out++] = first;
    }
    stack[0] = first;
    return out;
  }

  private int read(int width) {
    while (bitCount < width) {
      while (blockLeft == 0) {
        blockLeft = in.get() & 0xFF;
        if (blockLeft == 0) {
          throw new UnreadableImageException("its compressed data are too short");
        }
      }
      bits |= (in.get() & 0xFF) << bitCount;
      bitCount += 8;
      blockLeft--;
    }
    int code = bits & ((1 << width) - 1);
    bits >>>= width;
    bitCount -= width;
    return code;
  }
}
