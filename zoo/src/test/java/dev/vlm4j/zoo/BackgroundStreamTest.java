package dev.vlm4j.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.FinishReason;
import dev.vlm4j.api.GenerationListener;
import dev.vlm4j.api.TextStream;
import dev.vlm4j.api.Timings;
import dev.vlm4j.api.Usage;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundStreamTest {
  private static Answer answer(FinishReason reason) {
    return new Answer(
        "ab", List.of(), List.of(), reason, new Usage(1, 0, 2), new Timings(0, 0, 0, 0, 0, 0));
  }

  private static Answer untilCancelled(GenerationListener listener) {
    listener.onText("a");
    while (!listener.isCancelled()) {
      Thread.onSpinWait();
    }
    return answer(FinishReason.CANCELLED);
  }

  @Test
  void givesPiecesInOrderAndThenTheAnswer() {
    TextStream stream =
        BackgroundStream.start(
            listener -> {
              listener.onText("a");
              listener.onText("b");
              return answer(FinishReason.STOP);
            });
    try (stream) {
      List<String> pieces = new ArrayList<>();
      stream.forEachRemaining(pieces::add);
      assertThat(pieces).containsExactly("a", "b");
      assertThat(stream.hasNext()).isFalse();
      assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
      assertThat(stream.answer().finishReason()).isEqualTo(FinishReason.STOP);
    }
  }

  @Test
  void errorsReachTheReaderAfterThePiecesBeforeThem() {
    TextStream stream =
        BackgroundStream.start(
            listener -> {
              listener.onText("a");
              throw new VlmException(ErrorCode.ENGINE_FAILURE, "broken");
            });
    try (stream) {
      assertThat(stream.next()).isEqualTo("a");
      assertThatThrownBy(stream::hasNext).hasMessage("broken");
      assertThatThrownBy(stream::next).hasMessage("broken");
      assertThatThrownBy(stream::answer)
          .isInstanceOfSatisfying(
              VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ENGINE_FAILURE));
    }
  }

  @Test
  void cancellingKeepsThePiecesReadable() {
    try (TextStream stream = BackgroundStream.start(BackgroundStreamTest::untilCancelled)) {
      stream.cancel();
      assertThat(stream.answer().finishReason()).isEqualTo(FinishReason.CANCELLED);
      assertThat(stream.next()).isEqualTo("a");
      assertThat(stream.hasNext()).isFalse();
    }
  }

  @Test
  void closingCancelsWaitsAndMayBeRepeated() {
    TextStream stream = BackgroundStream.start(BackgroundStreamTest::untilCancelled);
    stream.close();
    stream.close();
    assertThat(stream.answer().finishReason()).isEqualTo(FinishReason.CANCELLED);
  }

  @Test
  void closingAFailedStreamDoesNotThrow() {
    TextStream stream =
        BackgroundStream.start(
            listener -> {
              throw new IllegalStateException("broken");
            });
    stream.close();
    assertThatThrownBy(stream::answer).hasMessage("broken");
  }

  @Test
  void allResourcesAreClosedInReverseOrderEvenIfOneFails() {
    List<String> closed = new ArrayList<>();
    Deque<AutoCloseable> resources = new ArrayDeque<>();
    resources.push(() -> closed.add("first"));
    resources.push(
        () -> {
          throw new IllegalStateException("stuck");
        });
    resources.push(() -> closed.add("last"));
    assertThatThrownBy(() -> LoadedModel.closeAll(resources))
        .isInstanceOf(VlmException.class)
        .hasMessage("closing failed: stuck");
    assertThat(closed).containsExactly("last", "first");
    LoadedModel.closeAll(resources);
  }
}
