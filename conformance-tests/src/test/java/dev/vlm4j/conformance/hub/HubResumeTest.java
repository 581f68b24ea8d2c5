package dev.vlm4j.conformance.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.zoo.hub.DownloadListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P5: a download goes on where the connection broke. */
class HubResumeTest {
  private static final int SIZE = 4_000_000;

  @TempDir Path temporary;
  private HubFixture fixture;
  private final HubFile weights =
      HubFile.large("model.safetensors", Content.of(HubFixture.bytes(SIZE, 5)));

  @BeforeEach
  void start() {
    fixture = new HubFixture(temporary);
    fixture.repository().commit("main", List.of(weights));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void goesOnAfter20RandomBreaks() throws IOException {
    breaks(20);
  }

  @Test
  @Tag("long")
  void goesOnAfter1000RandomBreaks() throws IOException {
    breaks(1000);
  }

  /** One or two breaks in each download; what is fetched twice is less than 5 %. */
  private void breaks(int count) throws IOException {
    Random random = new Random(2);
    long received = 0;
    for (int i = 0; i < count; i++) {
      fixture.hub.faults().clear();
      int times = 1 + random.nextInt(2);
      for (int k = 0; k < times; k++) {
        fixture
            .hub
            .faults()
            .next(1, RecordedRequest::storage, Fault.resetAfter(random.nextInt(SIZE)));
      }
      received += fetchAnew();
      fixture.hub.forgetRequests();
    }
    assertThat(received).isLessThan((long) (1.05 * count * SIZE));
  }

  /** Returns the bytes that came. */
  private long fetchAnew() throws IOException {
    Path blob = fixture.repositoryFolder().resolve("blobs").resolve(weights.etag());
    Files.deleteIfExists(blob);
    AtomicLong received = new AtomicLong();
    AtomicLong shown = new AtomicLong();
    fixture.fetch(
        "main",
        new DownloadListener() {
          @Override
          public void onBytes(long bytes) {
            received.addAndGet(Math.max(0, bytes));
            shown.addAndGet(bytes);
          }
        });
    assertThat(blob).hasBinaryContent(HubFixture.bytes(SIZE, 5));
    assertThat(shown.get()).isEqualTo(SIZE);
    return received.get();
  }

  @Test
  void startsOverWhenTheServerIgnoresTheRange() throws IOException {
    fixture.hub.faults().next(1, RecordedRequest::storage, Fault.resetAfter(1_000_000));
    fixture.hub.faults().next(1, RecordedRequest::storage, Fault.ignoreRange());
    assertThat(fetchAnew()).isGreaterThan(SIZE);
  }

  @Test
  void startsOverWhenTheServerSendsAnotherPart() throws IOException {
    fixture.hub.faults().next(1, RecordedRequest::storage, Fault.resetAfter(1_000_000));
    fixture.hub.faults().next(1, RecordedRequest::storage, Fault.wrongContentRange());
    fetchAnew();
  }

  @Test
  void startsOverWhenTheRangeIsRefused() throws IOException {
    fixture.hub.faults().next(1, RecordedRequest::storage, Fault.resetAfter(1_000_000));
    fixture
        .hub
        .faults()
        .next(1, RecordedRequest::storage, Fault.answer(Reply.empty(416, java.util.Map.of())));
    fetchAnew();
  }

  @Test
  void asksForANewAddressWhenTheSignedOneHasExpired() throws IOException {
    fixture.hub.faults().next(1, RecordedRequest::storage, Fault.resetAfter(1_000_000));
    fixture
        .hub
        .faults()
        .next(1, RecordedRequest::storage, Fault.answer(Reply.empty(403, java.util.Map.of())));
    fetchAnew();
    assertThat(fixture.hub.requests())
        .filteredOn(request -> request.target().contains("/resolve/"))
        .hasSize(3);
  }

  @Test
  void goesOnInTheMiddleOfASmallFileOfTheHubItself() throws IOException {
    HubFile tokenizer = HubFile.small("tokenizer.json", HubFixture.bytes(900_000, 3));
    String commit = fixture.repository().commit("main", List.of(tokenizer));
    fixture.hub.faults().next(1, FaultScript.target("/resolve/"), Fault.resetAfter(700_000));
    fixture.fetch("main");
    assertThat(fixture.repositoryFolder().resolve("snapshots/" + commit + "/tokenizer.json"))
        .hasBinaryContent(HubFixture.bytes(900_000, 3));
  }
}
