package dev.vlm4j.conformance.processors;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The table of docs/processors.md. For one thread. */
final class ProcessorTable {
  static final String START = "<!-- processors:start -->\n";
  static final String END = "<!-- processors:end -->";

  private final Map<String, String> rows = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  void add(RecordedCheckpoint checkpoint, List<CaseComparison> cases) {
    double distance = cases.stream().mapToDouble(CaseComparison::distance).max().orElse(0);
    boolean equal = cases.stream().allMatch(CaseComparison::tensors);
    rows.put(
        checkpoint.checkpoint(),
        "| %s | %s | %s | %s | %s | %s |\n"
            .formatted(
                checkpoint.checkpoint(),
                checkpoint.settings(),
                share(cases, CaseComparison::text),
                share(cases, CaseComparison::ids),
                share(cases, CaseComparison::tensors),
                equal ? "0" : "at least " + distance));
  }

  private static String share(List<CaseComparison> cases, Predicate<CaseComparison> equal) {
    long count = cases.stream().filter(equal).count();
    return count == cases.size() ? count + "/" + count : "**" + count + "/" + cases.size() + "**";
  }

  int size() {
    return rows.size();
  }

  String markdown() {
    return "| Checkpoint | settings | text | ids | tensors | largest difference |\n"
        + "|---|---|---|---|---|---|\n"
        + String.join("", rows.values());
  }

  /** Returns a document with this table between its two marks. */
  String replaceIn(String document) {
    int start = document.indexOf(START) + START.length();
    return document.substring(0, start) + markdown() + document.substring(document.indexOf(END));
  }
}
