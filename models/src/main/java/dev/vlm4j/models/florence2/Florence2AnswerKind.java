package dev.vlm4j.models.florence2;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How an answer is written. Names and tasks are those of the reference, <a
 * href="https://github.com/huggingface/transformers/blob/main/src/transformers/models/florence2/processing_florence2.py">Florence2Processor</a>.
 */
enum Florence2AnswerKind {
  /** Nothing but text. */
  PURE_TEXT("pure_text"),
  /** Lines of text, each with the four corners of its quadrangle. */
  OCR("ocr"),
  /** Phrases of a caption, each with boxes. */
  PHRASE_GROUNDING("phrase_grounding"),
  /** Names or descriptions, each with boxes. */
  BOXES_WITH_LABELS("description_with_bboxes"),
  /** Boxes alone. */
  BOXES("bboxes"),
  /** Outlines alone. */
  POLYGONS("polygons"),
  /** Names with outlines if the answer has any, with boxes otherwise. */
  BOXES_OR_POLYGONS("description_with_bboxes_or_polygons");

  /** Task tokens in the order in which the reference looks for them in a prompt. */
  private static final Map<String, Florence2AnswerKind> BY_TASK = byTask();

  private final String referenceName;

  Florence2AnswerKind(String referenceName) {
    this.referenceName = referenceName;
  }

  private static Map<String, Florence2AnswerKind> byTask() {
    Map<String, Florence2AnswerKind> kinds = new LinkedHashMap<>();
    kinds.put("<OCR>", PURE_TEXT);
    kinds.put("<OCR_WITH_REGION>", OCR);
    kinds.put("<CAPTION>", PURE_TEXT);
    kinds.put("<DETAILED_CAPTION>", PURE_TEXT);
    kinds.put("<MORE_DETAILED_CAPTION>", PURE_TEXT);
    kinds.put("<OD>", BOXES_WITH_LABELS);
    kinds.put("<DENSE_REGION_CAPTION>", BOXES_WITH_LABELS);
    kinds.put("<REGION_PROPOSAL>", BOXES);
    kinds.put("<CAPTION_TO_PHRASE_GROUNDING>", PHRASE_GROUNDING);
    kinds.put("<REFERRING_EXPRESSION_SEGMENTATION>", POLYGONS);
    kinds.put("<REGION_TO_SEGMENTATION>", POLYGONS);
    kinds.put("<OPEN_VOCABULARY_DETECTION>", BOXES_OR_POLYGONS);
    kinds.put("<REGION_TO_CATEGORY>", PURE_TEXT);
    kinds.put("<REGION_TO_DESCRIPTION>", PURE_TEXT);
    kinds.put("<REGION_TO_OCR>", PURE_TEXT);
    return kinds;
  }

  /** Returns the kind of every task token. */
  static Map<String, Florence2AnswerKind> tasks() {
    return BY_TASK;
  }

  /** Returns the kind of a task's answer; text for a task that the reference does not know. */
  static Florence2AnswerKind of(String task) {
    return BY_TASK.getOrDefault(task, PURE_TEXT);
  }

  /** Returns its name in the reference and in {@code post_processor_config}. */
  String referenceName() {
    return referenceName;
  }
}
