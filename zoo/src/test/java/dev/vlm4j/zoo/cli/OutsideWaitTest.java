package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OutsideWaitTest {
  @Test
  void givesWhatComes() throws IOException {
    assertThat(new OutsideWait(() -> false).<String>on(() -> "hello")).isEqualTo("hello");
  }

  @Test
  @Timeout(20)
  void endsWhenTheUserEndsTheProgram() {
    CountDownLatch never = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                new OutsideWait(() -> true)
                    .on(
                        () -> {
                          never.await();
                          return "";
                        }))
        .isInstanceOf(InterruptedByUser.class);
    never.countDown();
  }

  @Test
  void keepsTheReasonOfAFailure() {
    assertThatThrownBy(
            () ->
                new OutsideWait(() -> false)
                    .on(
                        () -> {
                          throw new IOException("Bad file descriptor");
                        }))
        .isInstanceOf(IOException.class)
        .hasMessage("Bad file descriptor");
  }

  @Test
  void keepsAMistakeOfTheProgram() {
    IllegalStateException mistake = new IllegalStateException("a mistake");

    assertThatThrownBy(
            () ->
                new OutsideWait(() -> false)
                    .on(
                        () -> {
                          throw mistake;
                        }))
        .isSameAs(mistake);
  }
}
