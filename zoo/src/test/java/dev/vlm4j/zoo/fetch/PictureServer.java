package dev.vlm4j.zoo.fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on an address of this machine that answers every request with the same bytes. */
final class PictureServer implements AutoCloseable {
  private final ServerSocket socket;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final byte[] reply;
  private final long pauseMillis;

  /** Starts a server; it waits for some time before every byte. */
  PictureServer(String address, byte[] reply, long pauseMillis) throws IOException {
    this.socket = new ServerSocket(0, 10, InetAddress.getByName(address));
    this.reply = reply;
    this.pauseMillis = pauseMillis;
    Thread thread = new Thread(this::serve, "picture-server");
    thread.setDaemon(true);
    thread.start();
  }

  static PictureServer of(String head, byte[] body) throws IOException {
    return new PictureServer("127.0.0.1", bytes(head, body), 0);
  }

  static byte[] bytes(String head, byte[] body) {
    byte[] first = (head.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] all = java.util.Arrays.copyOf(first, first.length + body.length);
    System.arraycopy(body, 0, all, first.length, body.length);
    return all;
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Heads of the requests so far; a connection without a request counts as an empty one. */
  List<String> requests() {
    return requests;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        requests.add(head(connection));
        answer(connection);
      } catch (IOException e) {
        // The client has gone, or the test is over; what arrived is recorded.
        continue;
      }
    }
  }

  private static String head(Socket connection) throws IOException {
    StringBuilder head = new StringBuilder();
    int next = connection.getInputStream().read();
    while (next >= 0 && head.indexOf("\r\n\r\n") < 0) {
      head.append((char) next);
      if (head.indexOf("\r\n\r\n") < 0) {
        next = connection.getInputStream().read();
      }
    }
    return head.toString();
  }

  private void answer(Socket connection) throws IOException {
    OutputStream out = connection.getOutputStream();
    if (pauseMillis == 0) {
      out.write(reply);
      out.flush();
      return;
    }
    for (byte next : reply) {
      pause();
      out.write(next);
      out.flush();
    }
  }

  private void pause() throws IOException {
    try {
      Thread.sleep(pauseMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
