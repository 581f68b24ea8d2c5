package dev.vlm4j.models.florence2;

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

  private final String referenceName;

  Florence2AnswerKind(String referenceName) {
    this.referenceName = referenceName;
  }

  /** Returns how a task is answered. */
  static Florence2AnswerKind of(Florence2Task task) {
    return switch (task) {
      case OCR, CAPTION, DETAILED_CAPTION, MORE_DETAILED_CAPTION -> PURE_TEXT;
      case REGION_TO_CATEGORY, REGION_TO_DESCRIPTION, REGION_TO_OCR -> PURE_TEXT;
      case OCR_WITH_REGION -> OCR;
      case OD, DENSE_REGION_CAPTION -> BOXES_WITH_LABELS;
      case REGION_PROPOSAL -> BOXES;
      case CAPTION_TO_PHRASE_GROUNDING -> PHRASE_GROUNDING;
      case REFERRING_EXPRESSION_SEGMENTATION, REGION_TO_SEGMENTATION -> POLYGONS;
      case OPEN_VOCABULARY_DETECTION -> BOXES_OR_POLYGONS;
    };
  }

  /** Returns its name in the reference and in {@code post_processor_config}. */
  String referenceName() {
    return referenceName;
  }
}
