package dev.vlm4j.conformance.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.hub.DownloadListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** P6: every wait ends, and is told. */
@Timeout(60)
class HubWaitingTest {
  private static final int QUICK_MS = 300;

  @TempDir Path temporary;
  private HubFixture fixture;
  private final Waits waits = new Waits();

  /** Remembers waits; cancels at a moment. */
  private static final class Waits implements DownloadListener {
    final List<Duration> asked = new ArrayList<>();
    final List<String> notices = new ArrayList<>();
    final AtomicLong cancelledAt = new AtomicLong(Long.MAX_VALUE);

    @Override
    public void onWait(String reason, Duration time) {
      asked.add(time);
    }

    @Override
    public void onNotice(String text) {
      notices.add(text);
    }

    @Override
    public boolean isCancelled() {
      return System.nanoTime() >= cancelledAt.get();
    }

    void cancelIn(int ms) {
      cancelledAt.set(System.nanoTime() + Duration.ofMillis(ms).toNanos());
    }
  }

  @BeforeEach
  void start() {
    fixture = new HubFixture(temporary);
    fixture.repository().commit("main", HubFixture.files(1));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void waitsAsLongAsTheRateLimitSays() {
    fixture
        .hub
        .faults()
        .next(
            1,
            request -> true,
            Fault.answer(Reply.empty(429, Map.of("RateLimit", "\"api\";r=0;t=0"))));
    fixture.fetch("main", waits);
    assertThat(waits.asked).contains(Duration.ofSeconds(1));
  }

  @Test
  void prefersTheRateLimitToRetryAfter() {
    fixture
        .hub
        .faults()
        .next(
            1,
            request -> true,
            Fault.answer(
                Reply.empty(429, Map.of("RateLimit", "\"api\";r=3;t=50", "Retry-After", "1"))));
    fixture.fetch("main", waits);
    assertThat(waits.asked).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void doesNotWaitForYears() {
    fixture
        .hub
        .faults()
        .always(
            request -> true, Fault.answer(Reply.empty(429, Map.of("Retry-After", "1000000000"))));
    assertTook(2000, () -> fails(ErrorCode.HUB_RATE_LIMITED));
    assertThat(waits.asked).isEmpty();
  }

  @Test
  void triesAgainAfterEveryFailureThatMayPass() {
    for (int status : new int[] {408, 429, 500, 502, 503, 504}) {
      fixture.hub.faults().next(1, r -> true, Fault.answer(Reply.empty(status, Map.of())));
      fixture.open("main", waits);
    }
    assertThat(waits.asked).hasSize(6);
  }

  @Test
  void usesTheCacheInTimeWhenTheHubIsSilent() {
    fixture.fetch("main");
    quick();
    fixture.hub.faults().always(request -> true, Fault.stall(Duration.ofSeconds(30)));
    assertTook(5 * QUICK_MS + 1000, () -> fixture.fetch("main", waits));
    assertThat(waits.notices).singleElement().asString().contains("using the files in the cache");
  }

  @Test
  void usesTheCacheWhenTheTokenIsNoLongerAccepted() {
    fixture.fetch("main");
    fixture.repository().access(HubRepository.Access.PRIVATE);
    fixture.fetch("main", waits);
    assertThat(waits.notices).hasSize(1);
  }

  @Test
  void doesNotUseTheCacheForARevisionThatIsGone() {
    fixture.fetch("main");
    fixture
        .hub
        .faults()
        .always(r -> true, Fault.answer(Reply.error(404, "RevisionNotFound", "Invalid rev id")));
    fails(ErrorCode.HUB_REVISION_NOT_FOUND);
  }

  @Test
  void givesUpOnAServerThatFallsSilentInTheMiddle() {
    quick();
    fixture.hub.faults().always(RecordedRequest::storage, Fault.drip(2));
    assertTook(20_000, () -> fails(ErrorCode.HUB_UNREACHABLE));
  }

  @Test
  void givesUpOnAServerThatSendsOneByteNowAndThen() {
    fixture.settings =
        fixture.settings.withTimeouts(Duration.ofMillis(QUICK_MS), Duration.ofMillis(QUICK_MS));
    fixture.hub.faults().always(RecordedRequest::storage, Fault.drip(20));
    assertTook(20_000, () -> fails(ErrorCode.HUB_UNREACHABLE));
  }

  @Test
  void cancelsWithinASecondInTheMiddleOfABody() throws IOException {
    fixture.hub.faults().always(RecordedRequest::storage, Fault.drip(20_000));
    cancels();
  }

  @Test
  void cancelsWithinASecondBeforeAnAnswer() throws IOException {
    fixture.hub.faults().always(request -> true, Fault.stall(Duration.ofSeconds(30)));
    cancels();
  }

  @Test
  void cancelsWithinASecondDuringAWait() throws IOException {
    fixture
        .hub
        .faults()
        .always(request -> true, Fault.answer(Reply.empty(429, Map.of("Retry-After", "100"))));
    cancels();
  }

  private void cancels() throws IOException {
    waits.cancelIn(QUICK_MS);
    assertTook(QUICK_MS + 1000, () -> fails(ErrorCode.DOWNLOAD_CANCELLED));
    assertThat(fixture.incomplete()).isEmpty();
  }

  @Test
  void anInterruptedThreadStops() {
    Thread.currentThread().interrupt();
    fails(ErrorCode.DOWNLOAD_CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
  }

  private void quick() {
    Duration quick = Duration.ofMillis(QUICK_MS);
    fixture.settings = fixture.settings.withTimeouts(quick, quick);
  }

  private void fails(ErrorCode code) {
    assertThatThrownBy(() -> fixture.fetch("main", waits))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  private static void assertTook(int ms, ThrowingCallable work) {
    long start = System.nanoTime();
    try {
      work.call();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(ms));
  }
}
