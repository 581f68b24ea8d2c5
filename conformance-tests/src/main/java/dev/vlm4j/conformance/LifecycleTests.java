package dev.vlm4j.conformance;

import static dev.vlm4j.conformance.SessionFixture.positions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.State;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.Capability;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.Tensor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Closing, cancelling and running at the same time. */
interface LifecycleTests {
  /** No call of these tests takes longer, even on a busy machine. */
  int TIMEOUT_SECONDS = 60;

  /** Returns the backend that is examined. */
  BackendUnderTest subject();

  @Test
  default void closesTwiceWithoutEffect() {
    SessionFixture fixture = new SessionFixture(subject().backend());
    GraphSession session = fixture.open(1, 4);
    session.close();
    session.close();
    fixture.compiled().close();
    fixture.close();
    Backend other = subject().provider().create(BackendUnderTest.options());
    other.close();
    other.close();
  }

  @Test
  default void refusesUseAfterClosing() {
    try (SessionFixture fixture = new SessionFixture(subject().backend())) {
      GraphSession session = fixture.open(1, 4);
      SessionFixture.run(session, positions(1, 0, 2));
      session.close();
      session.cancel();
      refuses(() -> SessionFixture.run(session, positions(1, 2, 1)));
      refuses(() -> session.length(State.SELF, 0));
      refuses(
          () -> {
            session.truncate(State.SELF, 0, 1);
            return session;
          });
      refuses(
          () -> {
            session.reorder(new int[] {0});
            return session;
          });
      fixture.compiled().close();
      refuses(() -> fixture.open(1, 4));
    }
  }

  @Test
  default void refusesRunsAfterTheGraphIsClosed() {
    try (SessionFixture fixture = new SessionFixture(subject().backend())) {
      GraphSession session = fixture.open(1, 4);
      fixture.compiled().close();
      refuses(() -> SessionFixture.run(session, positions(1, 0, 1)));
      session.close();
    }
  }

  private static void refuses(Callable<?> call) {
    Failures.expect(ErrorCode.CLOSED, call::call);
  }

  @Test
  default void compiledGraphsOutliveTheirBackend() {
    Backend backend = subject().provider().create(BackendUnderTest.options());
    try (SessionFixture fixture = new SessionFixture(backend)) {
      backend.close();
      try (GraphSession session = fixture.open(1, 4)) {
        assertThat(SessionFixture.run(session, positions(1, 0, 2))).containsKey("second");
      }
    }
  }

  @Test
  default void closingWaitsForARunningCall() throws Exception {
    try (SessionFixture fixture = new SessionFixture(subject().backend());
        Threads threads = new Threads()) {
      for (int attempt = 0; attempt < 20; attempt++) {
        GraphSession session = fixture.open(1, 4);
        CountDownLatch running = new CountDownLatch(1);
        Future<ErrorCode> ending = threads.start(() -> runUntilItFails(session, running));
        threads.await(running);
        session.close();
        assertThat(threads.result(ending)).isEqualTo(ErrorCode.CLOSED);
      }
    }
  }

  private static ErrorCode runUntilItFails(GraphSession session, CountDownLatch running) {
    try {
      while (true) {
        SessionFixture.run(session, positions(1, 0, 2));
        running.countDown();
        session.truncate(State.SELF, 0, 0);
      }
    } catch (VlmException e) {
      return e.code();
    }
  }

  @Test
  default void cancellingEndsACallEarlyOrNotAtAll() throws Exception {
    boolean stopsEarly = subject().backend().supports(Capability.CANCEL_IN_STEP);
    try (SessionFixture fixture = new SessionFixture(subject().backend());
        GraphSession session = fixture.open(1, 400);
        Threads threads = new Threads()) {
      session.cancel();
      Future<Boolean> cancelled =
          threads.start(() -> isCancelledWithin(session, stopsEarly ? Integer.MAX_VALUE : 5));
      while (!cancelled.isDone()) {
        session.cancel();
        Thread.onSpinWait();
      }
      assertThat(threads.result(cancelled)).isEqualTo(stopsEarly);
      session.truncate(State.SELF, 0, 0);
      Tensor result = SessionFixture.second(session, positions(1, 0, 2));
      assertThat(result.sizes()).containsExactly(1, 2, SessionFixture.WIDTH);
    }
  }

  private static boolean isCancelledWithin(GraphSession session, int runs) {
    for (int i = 0; i < runs; i++) {
      try {
        SessionFixture.run(session, positions(1, 0, 400));
        session.truncate(State.SELF, 0, 0);
      } catch (VlmException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.ENGINE_FAILURE);
        return true;
      }
    }
    return false;
  }

  @Test
  default void runsSessionsAtTheSameTimeOrOneAfterTheOther() throws Exception {
    try (SessionFixture fixture = new SessionFixture(subject().backend());
        Threads threads = new Threads()) {
      Tensor expected = decode(fixture);
      if (subject().backend().supports(Capability.CONCURRENT_SESSIONS)) {
        Future<Tensor> one = threads.start(() -> decode(fixture));
        Future<Tensor> other = threads.start(() -> decode(fixture));
        same(expected, threads.result(one));
        same(expected, threads.result(other));
      } else {
        same(expected, threads.result(threads.start(() -> decode(fixture))));
        same(expected, threads.result(threads.start(() -> decode(fixture))));
      }
    }
  }

  private static Tensor decode(SessionFixture fixture) {
    try (GraphSession session = fixture.open(1, 40)) {
      Tensor last = SessionFixture.second(session, positions(1, 0, 8));
      for (int position = 8; position < 40; position++) {
        last = SessionFixture.second(session, positions(1, position, 1));
      }
      return last;
    }
  }

  private static void same(Tensor expected, Tensor actual) {
    new Comparison("concurrent session", "a session alone", SessionFixture.TOLERANCE)
        .check(expected, actual);
  }

  @Test
  default void computesOnOneThreadIfAsked() {
    Backend single = subject().provider().create(new BackendOptions(1, BackendUnderTest.device()));
    try (SessionFixture fixture = new SessionFixture(single);
        SessionFixture usual = new SessionFixture(subject().backend())) {
      same(decode(usual), decode(fixture));
    } finally {
      single.close();
    }
  }

  @Test
  default void opensManySessionsOneAfterTheOther() {
    try (SessionFixture fixture = new SessionFixture(subject().backend())) {
      for (int i = 0; i < 50; i++) {
        try (GraphSession session =
            fixture.compiled().openSession(new SessionOptions(1, Map.of(State.SELF, 4)))) {
          assertThat(SessionFixture.run(session, positions(1, i, 2))).hasSize(3);
        }
      }
    }
  }

  /** Threads whose results must arrive in time. */
  final class Threads implements AutoCloseable {
    private final ExecutorService executor =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "conformance");
              thread.setDaemon(true);
              return thread;
            });

    <T> Future<T> start(Callable<T> task) {
      return executor.submit(task);
    }

    void await(CountDownLatch latch) throws InterruptedException {
      assertThat(latch.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)).as("in time").isTrue();
    }

    <T> T result(Future<T> future)
        throws InterruptedException, ExecutionException, TimeoutException {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      List<Runnable> waiting = executor.shutdownNow();
      assertThat(waiting).isEmpty();
    }
  }
}
