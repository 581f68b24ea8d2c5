package dev.vlm4j.conformance.checkpoint;

import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.zoo.checkpoint.WeightBytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.List;

/** Reads the header of a weight file, for a child with little memory; prints tensors and time. */
final class HeaderProgram {
  private HeaderProgram() {}

  public static void main(String[] arguments) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(arguments[0], "r")) {
      long start = System.nanoTime();
      List<StoredTensor> tensors = WeightBytes.tensors("x.safetensors", bytes(file));
      System.out.println(tensors.size() + " " + (System.nanoTime() - start) / 1_000_000);
    }
  }

  private static WeightBytes bytes(RandomAccessFile file) {
    return new WeightBytes() {
      @Override
      public long size() throws IOException {
        return file.length();
      }

      @Override
      public byte[] read(long from, int length) throws IOException {
        byte[] bytes = new byte[length];
        file.seek(from);
        file.readFully(bytes);
        return bytes;
      }
    };
  }
}
