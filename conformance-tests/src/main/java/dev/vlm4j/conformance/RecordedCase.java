package dev.vlm4j.conformance;

/** A case with what PyTorch computed for it. */
record RecordedCase(ConformanceCase definition, Recording recording) {
  String name() {
    return definition.name();
  }
}
