package dev.vlm4j.conformance.hub;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP/1.1 server on the loopback interface. The JDK's own cannot reset a connection, break
 * a length or answer half a reply.
 */
final class HttpPort implements AutoCloseable {
  private static final int BACKLOG = 100;
  private static final int LONGEST_LINE = 16_384;

  private final boolean storage;
  private final Function<RecordedRequest, Exchange> handler;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** An answer with what goes wrong about it. */
  record Exchange(Reply reply, @Nullable Fault fault) {}

  HttpPort(boolean storage, Function<RecordedRequest, Exchange> handler) throws IOException {
    this.storage = storage;
    this.handler = handler;
    this.server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    start(this::accept, "hub-double");
  }

  String address() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  private static void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        start(() -> serve(socket), "hub-double-connection");
      } catch (IOException e) {
        log(e);
      }
    }
  }

  /** A test breaks connections on purpose. */
  private static void log(Exception e) {
    System.getLogger(HttpPort.class.getName())
        .log(System.Logger.Level.DEBUG, "a connection ended", e);
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        RecordedRequest request = read(in);
        if (request == null) {
          return;
        }
        Exchange exchange = handler.apply(request);
        boolean more = new ReplyWriter(socket, request).write(exchange.reply(), exchange.fault());
        if (!more) {
          return;
        }
      }
    } catch (IOException e) {
      log(e);
    } finally {
      open.remove(socket);
    }
  }

  private @Nullable RecordedRequest read(InputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return null;
    }
    String[] words = first.split(" ");
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    in.skipNBytes(Long.parseLong(headers.getOrDefault("content-length", "0")));
    return new RecordedRequest(storage, words[0], words[1], headers);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
      if (line.length() > LONGEST_LINE) {
        throw new IOException("a line of the request is too long");
      }
    }
    return new String(
        line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
