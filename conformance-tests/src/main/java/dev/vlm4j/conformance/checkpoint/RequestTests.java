package dev.vlm4j.conformance.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.FinishReason;
import dev.vlm4j.api.GenerationListener;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.Image;
import dev.vlm4j.api.ModelInfo;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.TextStream;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.zoo.LoadOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every model promises about its requests, whatever the backend. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
interface RequestTests {
  String PICTURE = "one_picture";
  String TEXT = "text_only";
  String REFERENCE = "reference";

  /** Returns the backend with its checkpoint. */
  RequestFixture fixture();

  @Test
  default void streamsTheSameAnswer() {
    GoldenCase golden = fixture().golden(PICTURE);
    try (VisionLanguageModel model = fixture().load();
        TextStream stream = model.stream(golden.prompt(), golden.options())) {
      StringBuilder text = new StringBuilder();
      stream.forEachRemaining(text::append);
      assertThat(text).hasToString(golden.answer());
      fixture().check("stream", golden, stream.answer());
    }
  }

  @Test
  default void cancelsFromTheListenerAfterTheCurrentToken() {
    GoldenCase golden = fixture().golden(PICTURE);
    try (VisionLanguageModel model = fixture().load()) {
      CancelAfter listener = new CancelAfter(3);
      Answer answer = model.generate(golden.prompt(), golden.options(), listener);
      assertThat(answer.finishReason()).isEqualTo(FinishReason.CANCELLED);
      assertThat(answer.tokenIds()).isEqualTo(golden.answerIds().subList(0, 3));
      assertThat(answer.tokenIds()).isEqualTo(listener.ids);
      fixture().check("after a cancelled request", golden, fixture().answer(model, golden));
    }
  }

  @Test
  default void cancelsAStream() {
    GoldenCase golden = fixture().golden(TEXT);
    try (VisionLanguageModel model = fixture().load();
        TextStream stream = model.stream(golden.prompt(), RequestFixture.ENDLESS)) {
      assertThat(stream.hasNext()).isTrue();
      stream.cancel();
      Answer answer = stream.answer();
      assertThat(answer.finishReason()).isIn(FinishReason.CANCELLED, FinishReason.LENGTH);
      int common = Math.min(answer.tokenIds().size(), golden.answerIds().size());
      assertThat(answer.tokenIds().subList(0, common))
          .isEqualTo(golden.answerIds().subList(0, common));
    }
  }

  @Test
  default void closingEndsARunningRequestWithATypedError() throws Exception {
    GoldenCase golden = fixture().golden(PICTURE);
    CountDownLatch running = new CountDownLatch(1);
    CloseDuringRun listener = new CloseDuringRun(running);
    VisionLanguageModel model = fixture().load();
    CompletableFuture<Answer> request =
        CompletableFuture.supplyAsync(
            () -> model.generate(golden.prompt(), RequestFixture.ENDLESS, listener));
    running.await();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(model::close);
    listener.goOn.countDown();
    assertThatThrownBy(request::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED));
    closing.get();
    model.close();
  }

  @Test
  default void refusesRequestsAfterClosing() {
    GoldenCase golden = fixture().golden(TEXT);
    VisionLanguageModel model = fixture().load();
    fixture().check("before closing", golden, fixture().answer(model, golden));
    model.close();
    model.close();
    assertCode(ErrorCode.CLOSED, () -> model.generate(golden.prompt()));
    assertCode(ErrorCode.CLOSED, () -> model.inputs(golden.prompt()));
    try (TextStream stream = model.stream(golden.prompt(), GenerationOptions.DEFAULT)) {
      assertCode(ErrorCode.CLOSED, stream::answer);
    }
  }

  @Test
  default void answersSeveralThreadsAtOnceAsIfAlone() throws Exception {
    List<GoldenCase> cases = List.of(fixture().golden(PICTURE), fixture().golden("history"));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (VisionLanguageModel model = fixture().load()) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        GoldenCase golden = cases.get(i % 2);
        answers.add(threads.submit(() -> fixture().answer(model, golden)));
      }
      for (int i = 0; i < answers.size(); i++) {
        fixture().check("two threads", cases.get(i % 2), answers.get(i).get());
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  default void runsItsStagesOnDifferentBackends() {
    String own = fixture().subject().provider().name();
    mixed(own, REFERENCE);
    mixed(REFERENCE, own);
  }

  private void mixed(String vision, String decoder) {
    LoadOptions options =
        LoadOptions.DEFAULT
            .withBackend(ModelAdapter.VISION, vision)
            .withBackend(ModelAdapter.DECODER, decoder);
    GoldenCase golden = fixture().golden("history");
    try (VisionLanguageModel model = fixture().load(options)) {
      assertThat(model.info().stages().stream().map(ModelInfo.Stage::backend))
          .containsExactly(vision, decoder);
      fixture()
          .check(
              "vision on " + vision + ", decoder on " + decoder,
              golden,
              fixture().answer(model, golden));
    }
  }

  @Test
  default void fillsTheWholeContextAndRefusesMore() {
    GoldenCase golden = fixture().golden(TEXT);
    try (VisionLanguageModel model = fixture().load()) {
      Answer answer = model.generate(golden.prompt(), RequestFixture.ENDLESS);
      assertThat(answer.promptTokenIds().size() + answer.tokenIds().size())
          .isEqualTo(model.info().contextLength());
      assertThat(answer.tokenIds().subList(0, golden.answerIds().size()))
          .isEqualTo(golden.answerIds());
      assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
      Prompt tooLong = Prompt.user("word ".repeat(model.info().contextLength()));
      assertCode(ErrorCode.CONTEXT_TOO_LONG, () -> model.generate(tooLong));
    }
  }

  @Test
  default void aFailedRequestLeavesTheModelUsable() {
    GoldenCase golden = fixture().golden(PICTURE);
    try (VisionLanguageModel model = fixture().load()) {
      Prompt broken = Prompt.user(Image.of(Path.of("no-such-picture.png")), "What is this?");
      assertCode(ErrorCode.IMAGE_UNREADABLE, () -> model.generate(broken));
      RuntimeException thrown = new IllegalStateException("the listener fails");
      assertThatThrownBy(
              () ->
                  model.generate(
                      golden.prompt(),
                      golden.options(),
                      text -> {
                        throw thrown;
                      }))
          .isSameAs(thrown);
      fixture().check("after failed requests", golden, fixture().answer(model, golden));
    }
  }

  private static void assertCode(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(VlmException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  /** Cancels after some tokens and remembers them. */
  final class CancelAfter implements GenerationListener {
    private final int limit;
    private final List<Integer> ids = new ArrayList<>();

    CancelAfter(int limit) {
      this.limit = limit;
    }

    @Override
    public void onText(String text) {}

    @Override
    public void onToken(int tokenId) {
      ids.add(tokenId);
    }

    @Override
    public boolean isCancelled() {
      return ids.size() >= limit;
    }
  }

  /** Holds the request after its first token until the model is being closed. */
  final class CloseDuringRun implements GenerationListener {
    private final CountDownLatch running;
    private final CountDownLatch goOn = new CountDownLatch(1);

    CloseDuringRun(CountDownLatch running) {
      this.running = running;
    }

    @Override
    public void onText(String text) {}

    @Override
    public void onToken(int tokenId) {
      running.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
