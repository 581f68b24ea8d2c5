package dev.vlm4j.conformance;

import java.util.List;
import java.util.stream.Stream;

/** All cases of the kit. */
final class Catalog {
  private static final String OPERATOR_RECORDINGS = "operators.txt";
  private static final String COMPOSITE_RECORDINGS = "composites.txt";

  private Catalog() {}

  /** Returns the definitions of the primitives' cases. */
  static List<ConformanceCase> operatorDefinitions() {
    return Stream.of(
            ElementwiseCases.all(),
            ReductionCases.all(),
            ShapeCases.all(),
            IndexingCases.all(),
            LinearCases.all(),
            CacheCases.all())
        .flatMap(List::stream)
        .toList();
  }

  static Recordings operatorRecordings() {
    return Recordings.of(OPERATOR_RECORDINGS);
  }

  static List<RecordedCase> operators() {
    return recorded(operatorDefinitions(), operatorRecordings());
  }

  /** Returns the definitions of the composites' cases. */
  static List<ConformanceCase> compositeDefinitions() {
    return Stream.of(NormCases.all(), RotaryCases.all(), AttentionCases.all())
        .flatMap(List::stream)
        .toList();
  }

  static Recordings compositeRecordings() {
    return Recordings.of(COMPOSITE_RECORDINGS);
  }

  static List<RecordedCase> composites() {
    return recorded(compositeDefinitions(), compositeRecordings());
  }

  private static List<RecordedCase> recorded(
      List<ConformanceCase> definitions, Recordings recordings) {
    return definitions.stream()
        .map(definition -> new RecordedCase(definition, recordings.get(definition.name())))
        .toList();
  }
}
