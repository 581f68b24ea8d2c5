package dev.vlm4j.spi;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.State;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How many positions each row of each group of states holds: the bookkeeping of a session. */
public final class CacheLengths {
  private final Map<String, Integer> capacities;
  private final Map<String, int[]> lengths = new TreeMap<>();

  /** Numbers of contents: rows with the same number hold the same positions. */
  private final Map<String, int[]> contents = new TreeMap<>();

  private int rows;
  private int lastContent;

  /**
   * Starts with empty rows.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} if a group of the graph's states has no capacity
   */
  public CacheLengths(SessionOptions options, Graph graph) {
    this.rows = options.rows();
    this.capacities = options.capacities();
    Set<String> groups = graph.states().stream().map(State::group).collect(Collectors.toSet());
    for (String group : groups) {
      if (!capacities.containsKey(group)) {
        throw new VlmException(
            ErrorCode.INVALID_ARGUMENT,
            "the session needs a capacity for the group of states '" + group + "'");
      }
      lengths.put(group, new int[rows]);
      contents.put(group, new int[rows]);
    }
  }

  /** Returns the number of rows. */
  public int rows() {
    return rows;
  }

  /** Returns the most positions that a row of the group can hold. */
  public int capacity(String group) {
    of(group);
    return capacities.getOrDefault(group, 0);
  }

  /** Returns the length of one row. */
  public int length(String group, int row) {
    return of(group)[checkRow(row)];
  }

  /** Returns a copy of the lengths of all rows. */
  public int[] lengths(String group) {
    return of(group).clone();
  }

  /** Returns the length of the longest row. */
  public int longest(String group) {
    return Arrays.stream(of(group)).max().orElse(0);
  }

  /** Returns whether all rows of the group have the same length. */
  public boolean isUniform(String group) {
    return Arrays.stream(of(group)).distinct().count() <= 1;
  }

  /**
   * Checks that a run brings as many rows as there are.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} if it does not
   */
  public void checkRows(long given) {
    if (given != rows) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "the inputs have " + given + " rows, the session has " + rows);
    }
  }

  /**
   * Checks that every row can take more positions.
   *
   * @throws VlmException {@code CONTEXT_TOO_LONG} if one cannot
   */
  public void checkRoom(String group, long newPositions) {
    long wanted = longest(group) + newPositions;
    if (wanted > capacity(group)) {
      throw new VlmException(
          ErrorCode.CONTEXT_TOO_LONG,
          "the session has room for "
              + capacity(group)
              + " positions, "
              + wanted
              + " are needed: open it with a larger capacity or shorten the input");
    }
  }

  /** Adds the positions of a finished run to every row. */
  public void advance(String group, int newPositions) {
    int[] all = of(group);
    for (int row = 0; row < rows; row++) {
      all[row] += newPositions;
      if (newPositions > 0) {
        changed(group, row);
      }
    }
  }

  /**
   * Shortens one row.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} if it is shorter already
   */
  public void truncate(String group, int row, int length) {
    int[] all = of(group);
    if (length < 0 || length > all[checkRow(row)]) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "row " + row + " holds " + all[row] + " positions, it cannot be cut to " + length);
    }
    all[row] = length;
    changed(group, row);
  }

  private void changed(String group, int row) {
    Objects.requireNonNull(contents.get(group))[row] = ++lastContent;
  }

  /**
   * Checks rows before they are copied to other places.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} if there are none or one does not exist
   */
  public void checkSources(int[] sources) {
    if (sources.length == 0) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT, "a session keeps at least one row: name its source");
    }
    Arrays.stream(sources).forEach(this::checkRow);
  }

  /**
   * Returns how many positions have to be copied for {@link #reorder}: none if every row is its own
   * source, or holds the same as its source, as the rows do that were copied from one and not
   * continued.
   */
  public int toCopy(String group, int[] sources) {
    checkSources(sources);
    int longest = longest(group);
    int[] held = Objects.requireNonNull(contents.get(group));
    boolean same =
        sources.length == rows
            && IntStream.range(0, rows).allMatch(row -> held[sources[row]] == held[row]);
    return same ? 0 : longest;
  }

  /** Returns whether every row would stay where it is. */
  public boolean isSameOrder(int[] sources) {
    return Arrays.equals(sources, IntStream.range(0, rows).toArray());
  }

  /**
   * Gives row {@code i} the length of row {@code sources[i]}; afterwards there are as many rows as
   * sources.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} as {@link #checkSources}
   */
  public void reorder(int[] sources) {
    checkSources(sources);
    lengths.replaceAll(
        (group, former) -> Arrays.stream(sources).map(source -> former[source]).toArray());
    contents.replaceAll(
        (group, former) -> Arrays.stream(sources).map(source -> former[source]).toArray());
    rows = sources.length;
  }

  private int[] of(String group) {
    int[] all = lengths.get(group);
    if (all == null) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "there is no group of states '" + group + "'; there are: " + lengths.keySet());
    }
    return all;
  }

  private int checkRow(int row) {
    if (row < 0 || row >= rows) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT, "there is no row " + row + ", the session has " + rows);
    }
    return row;
  }
}
