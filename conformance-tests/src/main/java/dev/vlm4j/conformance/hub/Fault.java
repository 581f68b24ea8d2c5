package dev.vlm4j.conformance.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.zip.GZIPOutputStream;

/**
 * Something that goes wrong with one answer.
 *
 * @param change replaces the answer
 * @param stall wait before the answer
 * @param resetAfter bytes of the body after which the connection is reset; -1 for never
 * @param bytesPerSecond speed of the body; 0 for full speed
 */
public record Fault(
    BiFunction<RecordedRequest, Reply, Reply> change,
    Duration stall,
    long resetAfter,
    int bytesPerSecond) {
  private static final BiFunction<RecordedRequest, Reply, Reply> NO_CHANGE =
      (request, reply) -> reply;

  /** Answers something else. */
  public static Fault answer(Reply other) {
    return change((request, reply) -> other);
  }

  /** Changes the answer. */
  public static Fault change(BiFunction<RecordedRequest, Reply, Reply> change) {
    return new Fault(change, Duration.ZERO, -1, 0);
  }

  /** Waits before it answers. */
  public static Fault stall(Duration time) {
    return new Fault(NO_CHANGE, time, -1, 0);
  }

  /** Resets the connection in the middle of the body. */
  public static Fault resetAfter(long bytes) {
    return new Fault(NO_CHANGE, Duration.ZERO, bytes, 0);
  }

  /** Sends the body slowly. */
  public static Fault drip(int bytesPerSecond) {
    return new Fault(NO_CHANGE, Duration.ZERO, -1, bytesPerSecond);
  }

  /** Sends everything although a part was asked for. */
  public static Fault ignoreRange() {
    return change((request, reply) -> whole(reply));
  }

  private static Reply whole(Reply reply) {
    return reply.status() == 206 ? new Reply(200, reply.headers(), reply.content(), 0) : reply;
  }

  /** Says that it sends another part than it sends. */
  public static Fault wrongContentRange() {
    return change(
        (request, reply) ->
            reply.status() == 206
                ? reply.with("Content-Range", "bytes 1-2/" + reply.content().size())
                : reply);
  }

  /** Sends a body of the right size with one wrong byte. */
  public static Fault flipByte() {
    return change(
        (request, reply) -> {
          byte[] bytes = bytes(reply);
          if (bytes.length > 0) {
            bytes[bytes.length / 2] ^= 1;
          }
          return reply.withContent(Content.of(bytes));
        });
  }

  /** Cuts the body and says so in its length. */
  public static Fault shorten(int bytes) {
    return change(
        (request, reply) -> {
          byte[] all = bytes(reply);
          return reply.withContent(
              Content.of(java.util.Arrays.copyOf(all, Math.max(0, all.length - bytes))));
        });
  }

  /** Pads the body and says so in its length. */
  public static Fault lengthen(int bytes) {
    return change(
        (request, reply) -> {
          byte[] all = bytes(reply);
          return reply.withContent(Content.of(java.util.Arrays.copyOf(all, all.length + bytes)));
        });
  }

  /** Compresses the body although that was not wanted. */
  public static Fault gzip() {
    return change(
        (request, reply) ->
            whole(reply)
                .withContent(Content.of(compressed(bytes(whole(reply)))))
                .with("Content-Encoding", "gzip"));
  }

  private static byte[] bytes(Reply reply) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      reply.content().write(out, reply.from(), reply.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] compressed(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
