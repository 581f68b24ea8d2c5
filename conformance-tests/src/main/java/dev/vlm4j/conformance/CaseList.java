package dev.vlm4j.conformance;

import dev.vlm4j.spi.SessionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects the cases of one operator family. */
final class CaseList {
  private final List<ConformanceCase> cases = new ArrayList<>();

  void add(String name, Consumer<CaseGraph> content) {
    add(name, SessionOptions.STATELESS, content);
  }

  void add(String name, SessionOptions session, Consumer<CaseGraph> content) {
    cases.add(new ConformanceCase(name, content, session));
  }

  List<ConformanceCase> cases() {
    return List.copyOf(cases);
  }
}
