package dev.vlm4j.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.ModelInfo;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.TextStream;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.generation.MadeUpModel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadedModelTest {
  private static final int WAIT_SECONDS = 30;
  private static final Prompt PROMPT = Prompt.user("w1 w2");

  @TempDir Path temporary;
  private final List<String> closed = new ArrayList<>();
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch mayGoOn = new CountDownLatch(1);

  private LoadedModel model(Runnable beforeRun) {
    Deque<AutoCloseable> resources = new ArrayDeque<>();
    resources.add(() -> closed.add("stages"));
    resources.add(() -> closed.add("weights"));
    return new LoadedModel(
        new ModelInfo("made-up", "made-up", "made-up", List.of(), 100, 0),
        new MadeUpModel(temporary, "{}", 100, beforeRun).generator(),
        resources);
  }

  private static GenerationOptions options(int beams) {
    return GenerationOptions.DEFAULT
        .withMaxNewTokens(20)
        .withIgnoreEndOfSequence(true)
        .withNumBeams(beams);
  }

  private void waitInRun() {
    running.countDown();
    try {
      assertThat(mayGoOn.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void closingEndsARunningRequestAfterItsStepAndThenReleasesEverything(int beams) throws Exception {
    LoadedModel model = model(this::waitInRun);
    CompletableFuture<Answer> request =
        CompletableFuture.supplyAsync(() -> model.generate(PROMPT, options(beams)));
    assertThat(running.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(model::close);
    while (!isRefused(model)) {
      Thread.onSpinWait();
    }
    assertThat(closed).as("the request still runs").isEmpty();
    mayGoOn.countDown();
    closing.get(WAIT_SECONDS, TimeUnit.SECONDS);
    assertThatThrownBy(() -> request.get(WAIT_SECONDS, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED))
        .hasMessageContaining("was closed during the request");
    assertThat(closed).containsExactly("stages", "weights");
  }

  private static boolean isRefused(LoadedModel model) {
    try {
      model.inputs(PROMPT);
      return false;
    } catch (VlmException e) {
      return e.code() == ErrorCode.CLOSED;
    }
  }

  @Test
  void refusesRequestsAfterClosingAndReleasesOnce() {
    LoadedModel model = model(() -> {});
    model.close();
    model.close();
    assertThat(closed).containsExactly("stages", "weights");
    assertThatThrownBy(() -> model.generate(PROMPT, options(1)))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED));
  }

  @Test
  void aStreamOfABeamSearchHasOnePiece() {
    try (LoadedModel model = model(() -> {});
        TextStream stream = model.stream(PROMPT, options(3))) {
      List<String> pieces = new ArrayList<>();
      stream.forEachRemaining(pieces::add);
      assertThat(pieces).containsExactly(stream.answer().text());
      assertThat(stream.answer().tokenIds()).hasSize(20);
    }
  }
}
