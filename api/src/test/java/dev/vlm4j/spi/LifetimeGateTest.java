package dev.vlm4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LifetimeGateTest {
  private final LifetimeGate gate = new LifetimeGate("the thing");
  private final AtomicInteger released = new AtomicInteger();

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void refusesUseAfterClosing() {
    gate.close(released::incrementAndGet);
    assertThat(gate.isClosed()).isTrue();
    assertThatThrownBy(() -> gate.use(() -> 1))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED))
        .hasMessageContaining("the thing is closed");
  }

  @Test
  void releasesOnce() {
    gate.close(released::incrementAndGet);
    gate.close(released::incrementAndGet);
    assertThat(released).hasValue(1);
  }

  @Test
  void closingWaitsForRunningUses() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    AtomicBoolean releasedEarly = new AtomicBoolean();
    CompletableFuture<Integer> use =
        CompletableFuture.supplyAsync(
            () ->
                gate.use(
                    () -> {
                      inside.countDown();
                      await(leave);
                      releasedEarly.set(released.get() > 0);
                      return 7;
                    }));
    await(inside);
    CompletableFuture<Void> close =
        CompletableFuture.runAsync(() -> gate.close(released::incrementAndGet));
    while (!gate.isClosed()) {
      Thread.onSpinWait();
    }
    assertThatThrownBy(() -> gate.use(() -> 1)).isInstanceOf(VlmException.class);
    leave.countDown();
    assertThat(use.join()).isEqualTo(7);
    close.join();
    assertThat(releasedEarly).isFalse();
    assertThat(released).hasValue(1);
  }

  @Test
  void usesOverlap() {
    CountDownLatch both = new CountDownLatch(2);
    Runnable meet =
        () ->
            gate.use(
                () -> {
                  both.countDown();
                  await(both);
                  return 0;
                });
    CompletableFuture.allOf(CompletableFuture.runAsync(meet), CompletableFuture.runAsync(meet))
        .join();
  }

  @Test
  void failuresOfAUseReachTheCallerAndKeepTheGateOpen() {
    assertThatThrownBy(
            () ->
                gate.use(
                    () -> {
                      throw new IllegalStateException("boom");
                    }))
        .hasMessage("boom");
    assertThat(gate.<Integer>use(() -> 3)).isEqualTo(3);
  }

  @Test
  void refusesToCloseInsideOfAUse() {
    assertThatThrownBy(
            () ->
                gate.use(
                    () -> {
                      gate.close(released::incrementAndGet);
                      return 0;
                    }))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SESSION_STATE));
    assertThat(released).hasValue(0);
    assertThat(gate.isClosed()).isFalse();
  }
}
