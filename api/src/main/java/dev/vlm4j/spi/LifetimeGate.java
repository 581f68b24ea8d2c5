package dev.vlm4j.spi;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Keeps a native resource alive while it is used: uses may overlap, closing waits for them, happens
 * once, and later uses fail with {@code CLOSED}. Every native call of a backend goes through one.
 * Thread-safe.
 */
public final class LifetimeGate {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final String resource;

  /** Creates an open gate; {@code resource} names the guarded thing in error messages. */
  public LifetimeGate(String resource) {
    this.resource = resource;
  }

  /**
   * Runs a use of the resource.
   *
   * @throws VlmException {@code CLOSED} if closing has begun
   */
  public <T> T use(Supplier<T> call) {
    checkOpen();
    lock.readLock().lock();
    try {
      checkOpen();
      return call.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  private void checkOpen() {
    if (closing.get()) {
      throw new VlmException(ErrorCode.CLOSED, resource + " is closed; load it again to use it");
    }
  }

  /**
   * Refuses further uses, waits for running ones and releases the resource; only the first time.
   *
   * @throws VlmException {@code SESSION_STATE} inside of a use: it would wait for itself
   */
  public void close(Runnable release) {
    if (lock.getReadHoldCount() > 0) {
      throw new VlmException(
          ErrorCode.SESSION_STATE,
          resource + " is in use by this very thread; close it after the call has returned");
    }
    if (closing.compareAndSet(false, true)) {
      lock.writeLock().lock();
      try {
        release.run();
      } finally {
        lock.writeLock().unlock();
      }
    }
  }

  /** Returns whether closing has begun. */
  public boolean isClosed() {
    return closing.get();
  }
}
