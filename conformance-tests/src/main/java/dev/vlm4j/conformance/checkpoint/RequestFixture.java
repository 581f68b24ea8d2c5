package dev.vlm4j.conformance.checkpoint;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.conformance.BackendUnderTest;
import dev.vlm4j.zoo.LoadOptions;
import dev.vlm4j.zoo.Vlm4j;

/**
 * The checkpoint and the backend of tests that are about requests, not numbers.
 *
 * @param files recorded files
 * @param subject the backend
 */
record RequestFixture(GoldenFiles files, BackendUnderTest subject) {
  private static final String CHECKPOINT = "llava-1.5";
  static final GenerationOptions ENDLESS =
      GenerationOptions.DEFAULT.withIgnoreEndOfSequence(true).withMaxNewTokens(100_000);

  LoadOptions options() {
    return options(subject);
  }

  /** Returns options to load a checkpoint with on that backend and the device that is tested. */
  static LoadOptions options(BackendUnderTest subject) {
    return LoadOptions.DEFAULT
        .withBackend(subject.provider().name())
        .withDevice(BackendUnderTest.device());
  }

  VisionLanguageModel load() {
    return load(options());
  }

  VisionLanguageModel load(LoadOptions options) {
    return Vlm4j.load(files.model(CHECKPOINT), options);
  }

  GoldenCase golden(String name) {
    return files.checkpoint(CHECKPOINT).named(name);
  }

  Answer answer(VisionLanguageModel model, GoldenCase golden) {
    return model.generate(golden.prompt(), golden.options());
  }

  void check(String what, GoldenCase golden, Answer answer) {
    new GoldenCheck(what + ", case " + golden.name() + ", backend " + subject, golden)
        .check(answer);
  }
}
