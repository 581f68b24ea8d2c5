package dev.vlm4j.zoo.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a stream whose reads end in time: the client's own stream may block for
 * ever when a server falls silent. Holds a bounded number of network buffers.
 */
final class BodyStream extends InputStream implements HttpResponse.BodySubscriber<BodyStream> {
  private static final int WINDOW = 16;

  private final DownloadControl control;
  private final Duration stall;
  private final Pace pace;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final Queue<ByteBuffer> buffers = new ArrayDeque<>();
  private Flow.@Nullable Subscription subscription;
  private boolean ended;
  private boolean closed;

  BodyStream(DownloadControl control, Duration stall, int slowest) {
    this.control = control;
    this.stall = stall;
    this.pace = new Pace(slowest, Math.max(1, 3 * stall.toNanos()));
  }

  /** Buffers, or the end: with a failure or without. */
  private record Signal(List<ByteBuffer> buffers, @Nullable Throwable failure, boolean isEnd) {}

  @Override
  public CompletionStage<BodyStream> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (closed) {
      given.cancel();
    } else {
      given.request(WINDOW);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    signals.add(new Signal(item, null, false));
  }

  @Override
  public void onError(Throwable failure) {
    signals.add(new Signal(List.of(), failure, true));
  }

  @Override
  public void onComplete() {
    signals.add(new Signal(List.of(), null, true));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ByteBuffer buffer = current();
    if (buffer == null) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(target, offset, count);
    return count;
  }

  private @Nullable ByteBuffer current() throws IOException {
    while (!ended) {
      ByteBuffer head = buffers.peek();
      if (head != null && head.hasRemaining()) {
        return head;
      }
      if (head != null) {
        buffers.remove();
      } else {
        accept(next());
      }
    }
    return null;
  }

  private void accept(Signal signal) throws IOException {
    if (signal.failure() != null) {
      ended = true;
      throw new IOException(
          "the connection broke: " + signal.failure().getMessage(), signal.failure());
    }
    ended = signal.isEnd();
    long count = 0;
    for (ByteBuffer buffer : signal.buffers()) {
      count += buffer.remaining();
      buffers.add(buffer);
    }
    pace.received(count);
    requestMore();
  }

  private synchronized void requestMore() {
    if (subscription != null && !ended) {
      subscription.request(1);
    }
  }

  private Signal next() throws IOException {
    long end = System.nanoTime() + stall.toNanos();
    while (true) {
      control.checkCancelled();
      Signal signal = poll();
      if (signal != null) {
        return signal;
      }
      if (System.nanoTime() - end > 0) {
        throw new IOException("no byte came for " + stall.toMillis() + " ms");
      }
    }
  }

  private @Nullable Signal poll() {
    try {
      return signals.poll(DownloadControl.TICK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
