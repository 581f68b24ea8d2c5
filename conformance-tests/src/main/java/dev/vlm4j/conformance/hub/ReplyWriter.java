package dev.vlm4j.conformance.hub;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes one answer, with its fault. */
final class ReplyWriter {
  private static final int TICKS = 20;

  private final Socket socket;
  private final RecordedRequest request;

  ReplyWriter(Socket socket, RecordedRequest request) {
    this.socket = socket;
    this.request = request;
  }

  /** Returns whether the connection may be used again. */
  boolean write(Reply reply, @Nullable Fault fault) throws IOException {
    if (fault != null) {
      pause(fault.stall().toMillis());
    }
    Reply sent = fault == null ? reply : fault.change().apply(request, reply);
    OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    out.write(head(sent).getBytes(StandardCharsets.UTF_8));
    if (request.method().equals("HEAD")) {
      out.flush();
      return true;
    }
    if (fault != null && fault.resetAfter() >= 0 && fault.resetAfter() < sent.length()) {
      reset(out, sent, fault.resetAfter());
      return false;
    }
    if (fault != null && fault.bytesPerSecond() > 0) {
      drip(out, sent, fault.bytesPerSecond());
    } else {
      sent.content().write(out, sent.from(), sent.length());
    }
    out.flush();
    return true;
  }

  private static String head(Reply reply) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Double\r\n");
    reply.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return head.append("Content-Length: " + reply.length() + "\r\n\r\n").toString();
  }

  /** With no time to linger, closing sends a reset instead of an end. */
  private void reset(OutputStream out, Reply reply, long bytes) throws IOException {
    reply.content().write(out, reply.from(), bytes);
    out.flush();
    // What was sent must have been received: a reset discards what the other side has not read.
    pause(TICKS);
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void drip(OutputStream out, Reply reply, int bytesPerSecond) throws IOException {
    long step = Math.max(1, bytesPerSecond / TICKS);
    long wait = Math.max(1, 1000 * step / bytesPerSecond);
    for (long sent = 0; sent < reply.length(); sent += step) {
      reply.content().write(out, reply.from() + sent, Math.min(step, reply.length() - sent));
      out.flush();
      pause(wait);
    }
  }

  private static void pause(long ms) throws IOException {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
