package dev.vlm4j.spi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the tensor names found in checkpoints map to the weight names of the graphs, as data: the
 * layouts that releases of the reference library wrote differ in prefixes only. Immutable.
 */
public final class KeyTable {
  private record Rule(String filePrefix, String graphPrefix) {}

  private final List<Rule> rules;
  private final List<Pattern> ignorable;

  private KeyTable(List<Rule> rules, List<Pattern> ignorable) {
    this.rules = rules;
    this.ignorable = ignorable;
  }

  /** Returns a table in which every name maps to itself and none may be ignored. */
  public static KeyTable identity() {
    return new KeyTable(List.of(), List.of());
  }

  /** Returns this table with one more prefix; the longest prefix that fits a name decides. */
  public KeyTable prefix(String filePrefix, String graphPrefix) {
    List<Rule> all = new ArrayList<>(rules);
    all.add(new Rule(filePrefix, graphPrefix));
    all.sort(Comparator.comparingInt((Rule rule) -> -rule.filePrefix().length()));
    return new KeyTable(List.copyOf(all), ignorable);
  }

  /**
   * Returns this table with weight names that a checkpoint may hold although no graph wants them.
   *
   * @param regex matches the whole graph name
   */
  public KeyTable ignore(String regex) {
    List<Pattern> all = new ArrayList<>(ignorable);
    all.add(Pattern.compile(regex));
    return new KeyTable(rules, List.copyOf(all));
  }

  /** Returns the graph's name for a name in a file. */
  public String toGraph(String fileKey) {
    for (Rule rule : rules) {
      if (fileKey.startsWith(rule.filePrefix())) {
        return rule.graphPrefix() + fileKey.substring(rule.filePrefix().length());
      }
    }
    return fileKey;
  }

  /** Returns whether a checkpoint may hold that graph name without any graph wanting it. */
  public boolean isIgnorable(String graphKey) {
    return ignorable.stream().anyMatch(pattern -> pattern.matcher(graphKey).matches());
  }
}
