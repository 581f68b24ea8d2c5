package dev.vlm4j.models.florence2;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The tasks that Florence-2 was trained for, in the order in which the reference looks for them.
 * Source: {@code Florence2Processor} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/florence2/processing_florence2.py">processing_florence2.py</a>.
 */
enum Florence2Task {
  /** Reads all text. */
  OCR("What is the text in the image?"),
  /** Reads all text, with quadrilaterals. */
  OCR_WITH_REGION("What is the text in the image, with regions?"),
  /** One short sentence. */
  CAPTION("What does the image describe?"),
  /** A few sentences. */
  DETAILED_CAPTION("Describe in detail what is shown in the image."),
  /** A paragraph. */
  MORE_DETAILED_CAPTION("Describe with a paragraph what is shown in the image."),
  /** Boxes of objects with their classes. */
  OD("Locate the objects with category name in the image."),
  /** Boxes of objects with descriptions. */
  DENSE_REGION_CAPTION("Locate the objects in the image, with their descriptions."),
  /** Boxes alone. */
  REGION_PROPOSAL("Locate the region proposals in the image."),
  /** Boxes of the phrases of a caption. */
  CAPTION_TO_PHRASE_GROUNDING("Locate the phrases in the caption: {input}"),
  /** Outline of what an expression names. */
  REFERRING_EXPRESSION_SEGMENTATION("Locate {input} in the image with mask"),
  /** Outline of what a box shows. */
  REGION_TO_SEGMENTATION("What is the polygon mask of region {input}"),
  /** Boxes or outlines of what a text names. */
  OPEN_VOCABULARY_DETECTION("Locate {input} in the image."),
  /** Class of what a box shows. */
  REGION_TO_CATEGORY("What is the region {input}?"),
  /** Description of what a box shows. */
  REGION_TO_DESCRIPTION("What does the region {input} describe?"),
  /** Text inside of a box. */
  REGION_TO_OCR("What text is in the region {input}?");

  private static final String INPUT = "{input}";

  private final String prompt;

  Florence2Task(String prompt) {
    this.prompt = prompt;
  }

  /** Returns what users write, for example {@code <OD>}. */
  String token() {
    return "<" + name() + ">";
  }

  /** Returns whether a text must follow the token. */
  boolean takesInput() {
    return prompt.contains(INPUT);
  }

  /** Returns what the model reads before the input; the whole prompt without input. */
  String before() {
    return takesInput() ? prompt.substring(0, prompt.indexOf(INPUT)) : prompt;
  }

  /** Returns what the model reads after the input. */
  String after() {
    return takesInput() ? prompt.substring(prompt.indexOf(INPUT) + INPUT.length()) : "";
  }

  /** Returns the first task whose token a text contains. */
  static Optional<Florence2Task> in(String text) {
    return Arrays.stream(values()).filter(task -> text.contains(task.token())).findFirst();
  }

  /** Returns all tokens, those with input marked. */
  static List<String> tokens() {
    return Arrays.stream(values())
        .map(task -> task.token() + (task.takesInput() ? " and a text" : ""))
        .toList();
  }
}
