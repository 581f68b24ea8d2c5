package dev.vlm4j.backend.djl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive: a module of one class whose attributes are empty lists. Format: <a
 * href="https://github.com/pytorch/pytorch/blob/main/torch/csrc/jit/docs/serialization.md">TorchScript
 * serialization</a>.
 */
final class TorchArchive {
  /** An older number would bind the script to older operator schemas. */
  private static final String FORMAT_VERSION = "10\n";

  private static final int PROTOCOL = 0x80;
  private static final int NEW_OBJECT = 0x81;
  private static final int FALSE = 0x89;

  private TorchArchive() {}

  static void write(Path file, String className, String source, List<String> lists)
      throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      entry(zip, "m/version", bytes(FORMAT_VERSION));
      entry(zip, "m/constants.pkl", new byte[] {(byte) PROTOCOL, 2, ')', '.'});
      entry(zip, "m/data.pkl", instance(className, lists));
      entry(zip, "m/code/__torch__.py", bytes(source));
    }
  }

  /** PyTorch reads entries in place: they must not be compressed. */
  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** Pickles an instance of the class with the state {@code {"training": False, list: []...}}. */
  private static byte[] instance(String className, List<String> lists) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(PROTOCOL);
    out.write(2);
    out.write(bytes("c__torch__\n" + className + "\n)"));
    out.write(NEW_OBJECT);
    out.write(bytes("}("));
    string(out, "training");
    out.write(FALSE);
    for (String list : lists) {
      string(out, list);
      out.write(']');
    }
    out.write(bytes("ub."));
    return out.toByteArray();
  }

  private static void string(ByteArrayOutputStream out, String text) throws IOException {
    byte[] utf8 = bytes(text);
    out.write('X');
    out.write(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(utf8.length)
            .array());
    out.write(utf8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
