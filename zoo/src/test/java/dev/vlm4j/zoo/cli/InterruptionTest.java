package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptionTest {
  private final List<Integer> halts = new ArrayList<>();

  @Test
  void keepsTheExitCodeOfAProgramThatWasNotInterrupted() {
    Interruption interruption = new Interruption(0, halts::add);

    assertThat(interruption.isRequested()).isFalse();
    assertThat(interruption.exitCode(1)).isEqualTo(1);
  }

  @Test
  void endsAProgramThatDoesNotEndItself() {
    Interruption interruption = new Interruption(0, halts::add);

    interruption.stop(143);

    assertThat(interruption.isRequested()).isTrue();
    assertThat(interruption.exitCode(0)).isEqualTo(143);
    assertThat(halts).containsExactly(143);
  }

  @Test
  void endsAtOnceWhenAskedTwice() throws InterruptedException {
    Interruption interruption = new Interruption(60_000, halts::add);
    Thread first = new Thread(() -> interruption.stop(130));
    first.start();
    while (!interruption.isRequested()) {
      Thread.onSpinWait();
    }

    interruption.stop(130);

    assertThat(halts).containsExactly(130);
    first.interrupt();
    first.join();
  }
}
