package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.Content;
import dev.vlm4j.api.Detection;
import dev.vlm4j.api.FinishReason;
import dev.vlm4j.api.GenerationListener;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.ModelInfo;
import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Region;
import dev.vlm4j.api.TextStream;
import dev.vlm4j.api.Timings;
import dev.vlm4j.api.Usage;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.PixelLayout;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Answers "1 é", "2 é" and so on. A prompt has {@link #TEMPLATE_TOKENS}, one token per letter group
 * of at most four letters, and {@link #PICTURE_TOKENS} per picture. A prompt that says "fail"
 * fails.
 */
final class FakeModel implements VisionLanguageModel {
  static final int TEMPLATE_TOKENS = 3;
  static final int PICTURE_TOKENS = 5;

  final List<Prompt> prompts = new ArrayList<>();
  final List<GenerationOptions> options = new ArrayList<>();
  boolean closed;

  @Override
  public ModelInfo info() {
    return new ModelInfo(
        "fake",
        "llava",
        "llava",
        List.of(
            new ModelInfo.Stage("vision", "djl", "2.7.1", "fp32"),
            new ModelInfo.Stage("decoder", "onnxruntime", "1.29.0", "fp32")),
        4096,
        2_000_000);
  }

  @Override
  public Answer generate(Prompt prompt, GenerationOptions options, GenerationListener listener) {
    prompts.add(prompt);
    this.options.add(options);
    String number = Integer.toString(prompts.size());
    if (listener.isCancelled()) {
      return answer("", prompt, FinishReason.CANCELLED);
    }
    listener.onText(number);
    if (text(prompt).contains("fail")) {
      throw new VlmException(ErrorCode.ENGINE_FAILURE, "the engine failed");
    }
    if (text(prompt).contains("bug")) {
      throw new IllegalStateException("two\nlines");
    }
    listener.onText(" \u00e9");
    return answer(number + " \u00e9", prompt, FinishReason.STOP);
  }

  private Answer answer(String text, Prompt prompt, FinishReason reason) {
    int pictures = PICTURE_TOKENS * prompt.images().size();
    List<Integer> ids = inputs(prompt).promptTokenIds();
    Answer answer =
        new Answer(
            text,
            List.of(7, 8, 2),
            ids,
            reason,
            new Usage(ids.size(), pictures, 3),
            new Timings(100.12345, 1, 2, 4, 10 * prompts.size(), 7));
    return text(prompt).contains("find")
        ? answer.withParsed(parsed("find", text, Optional.of(new PictureSize(40, 30))))
        : answer;
  }

  /** Finds a box and a polygon in any text but the empty one. */
  static ParsedAnswer parsed(String task, String text, Optional<PictureSize> picture) {
    if (text.isEmpty()) {
      return ParsedAnswer.unread(task, text, picture, "the text is empty");
    }
    Region.Point corner = new Region.Point(1, 2.5);
    List<Region.Point> outline = List.of(corner, new Region.Point(9, 2), new Region.Point(9, 9));
    return new ParsedAnswer(
        task,
        text,
        List.of(
            Detection.of("cat", new Region.Box(1, 2, 20, 18)),
            new Detection("dog", new Region.Polygon(List.of(outline)), OptionalDouble.of(0.75))),
        Optional.empty(),
        picture,
        Map.of(task, Map.of("labels", List.of("cat", "dog"))));
  }

  @Override
  public TextStream stream(Prompt prompt, GenerationOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ModelInputs inputs(Prompt prompt) {
    int words =
        Arrays.stream(text(prompt).split("\\s+")).mapToInt(word -> (word.length() + 3) / 4).sum();
    int[] ids = new int[TEMPLATE_TOKENS + words + PICTURE_TOKENS * prompt.images().size()];
    Arrays.fill(ids, 9);
    return new ModelInputs(
        "USER: " + text(prompt),
        Arrays.stream(ids).boxed().toList(),
        parts(prompt, words),
        prompt.images().stream()
            .map(image -> new ModelInputs.ImageInput(30, 20, 336, 224, PICTURE_TOKENS, 1))
            .toList(),
        List.of(
            new ProcessorTensor("input_ids", Tensor.of(ids, 1, ids.length), StorageType.I64),
            new ProcessorTensor(
                PixelLayout.PIXEL_VALUES,
                Tensor.of(new float[] {-1, 1, 0, 0, 1, -1}, 1, 3, 1, 2),
                StorageType.F32)),
        Optional.of(PixelLayout.planes(Collections.nCopies(3, -1f), Collections.nCopies(3, 1f))),
        "chat_template.jinja");
  }

  private static List<ModelInputs.Part> parts(Prompt prompt, int words) {
    List<ModelInputs.Part> parts = new ArrayList<>();
    parts.add(new ModelInputs.Part(ModelInputs.Kind.SPECIAL, "<s>", 1, -1));
    for (int i = 0; i < prompt.images().size(); i++) {
      parts.add(new ModelInputs.Part(ModelInputs.Kind.PICTURE, "<image>", PICTURE_TOKENS, i));
    }
    String text = "USER: " + text(prompt) + "\n";
    parts.add(new ModelInputs.Part(ModelInputs.Kind.TEXT, text, TEMPLATE_TOKENS - 1 + words, -1));
    return parts;
  }

  @Override
  public void close() {
    closed = true;
  }

  static String text(Prompt prompt) {
    StringBuilder text = new StringBuilder();
    for (Message message : prompt.messages()) {
      for (Content part : message.content()) {
        if (part instanceof Content.Text words) {
          text.append(words.text());
        }
      }
    }
    return text.toString();
  }
}
