package dev.vlm4j.zoo.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/** Damages files in the ways that find bugs of decoders; the same seed gives the same damage. */
final class Mutations {
  private static final int[] EXTREMES = {
    0, 1, -1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000
  };
  private static final int HEAD = 160;
  private static final int PNG_SIGNATURE = 8;
  private static final int PNG_OVERHEAD = 12;

  private final Random random;
  private final List<byte[]> others;

  /** Others are files that pieces are taken from. */
  Mutations(long seed, List<byte[]> others) {
    this.random = new Random(seed);
    this.others = others;
  }

  /** Returns a damaged copy. */
  byte[] of(byte[] file) {
    byte[] damaged = file.clone();
    for (int left = 1 + random.nextInt(4); left > 0 && damaged.length > 4; left--) {
      damaged = once(damaged);
    }
    boolean png = ImageFormat.starts(damaged, 0, "\u0089PNG");
    return png && random.nextInt(4) > 0 ? withCheckSums(damaged) : damaged;
  }

  private byte[] once(byte[] file) {
    int at = place(file);
    switch (random.nextInt(9)) {
      case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> file[at] = (byte) random.nextInt();
      case 2 -> file[at] = (byte) EXTREMES[random.nextInt(EXTREMES.length)];
      case 3 -> number(file, at);
      case 4 -> Arrays.fill(file, at, Math.min(file.length, at + random.nextInt(64)), (byte) 0);
      case 5 -> {
        return Arrays.copyOf(file, Math.max(4, at));
      }
      case 6 -> {
        return joined(file, at, file, Math.min(file.length, at + random.nextInt(40)));
      }
      case 7 -> {
        return joined(file, at, file, Math.max(0, at - random.nextInt(40)));
      }
      default -> {
        byte[] other = others.get(random.nextInt(others.size()));
        return joined(file, at, other, Math.min(other.length, at));
      }
    }
    return file;
  }

  /** Headers are hit as often as all the rest. */
  private int place(byte[] file) {
    return random.nextInt(random.nextBoolean() ? Math.min(HEAD, file.length) : file.length);
  }

  private void number(byte[] file, int at) {
    int value = EXTREMES[random.nextInt(EXTREMES.length)];
    int bytes = random.nextBoolean() ? 2 : 4;
    boolean little = random.nextBoolean();
    for (int i = 0; i < bytes && at + i < file.length; i++) {
      file[at + i] = (byte) (value >> 8 * (little ? i : bytes - 1 - i));
    }
  }

  private static byte[] joined(byte[] head, int end, byte[] tail, int start) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(head, 0, end);
    all.write(tail, start, tail.length - start);
    return all.toByteArray();
  }

  /** Makes the check sums right, so that the damage reaches the decoder behind them. */
  private static byte[] withCheckSums(byte[] png) {
    ByteBuffer bytes = ByteBuffer.wrap(png);
    int at = PNG_SIGNATURE;
    while (at + PNG_OVERHEAD <= png.length) {
      int length = bytes.getInt(at);
      if (length < 0 || length > png.length - PNG_OVERHEAD - at) {
        return png;
      }
      CRC32 sum = new CRC32();
      sum.update(png, at + 4, length + 4);
      bytes.putInt(at + 8 + length, (int) sum.getValue());
      at += length + PNG_OVERHEAD;
    }
    return png;
  }
}
