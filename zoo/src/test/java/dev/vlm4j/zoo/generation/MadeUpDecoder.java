package dev.vlm4j.zoo.generation;

import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.RequestFeed;
import dev.vlm4j.spi.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A decoder whose logits follow from all ids that a row has read; see {@code search_goldens.py}.
 * Its rows are what a session keeps, so that a wrong order of rows gives wrong answers.
 */
final class MadeUpDecoder implements GraphSession, RequestFeed {
  private static final long MASK = (1L << 31) - 1;

  private final long seed;
  private final int vocabulary;
  private final int levels;
  private final int width;
  private final int[] start;
  private List<List<Integer>> rows = List.of(List.of());
  private int runs;
  private boolean isSpoilt;

  MadeUpDecoder(long seed, int vocabulary, int levels, int width, int... start) {
    this.seed = seed;
    this.vocabulary = vocabulary;
    this.levels = levels;
    this.width = width;
    this.start = start;
  }

  /** Returns how often it was run. */
  int runs() {
    return runs;
  }

  /** From now on one of its logits is no number. */
  void spoil() {
    isSpoilt = true;
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs) {
    runs++;
    Tensor ids = inputs.get("ids");
    int added = (int) ids.size(1);
    if (ids.size(0) != rows.size()) {
      throw new IllegalStateException(ids.size(0) + " rows for " + rows.size());
    }
    float[] logits = new float[rows.size() * vocabulary];
    List<List<Integer>> longer = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      List<Integer> read = new ArrayList<>(rows.get(row));
      Arrays.stream(ids.ints(), row * added, (row + 1) * added).forEach(read::add);
      longer.add(read);
      fill(logits, row * vocabulary, read);
    }
    if (isSpoilt) {
      logits[5] = Float.NaN;
    }
    rows = longer;
    return Map.of(ModelAdapter.LOGITS, Tensor.of(logits, rows.size(), 1, vocabulary));
  }

  private void fill(float[] logits, int from, List<Integer> read) {
    long state = seed;
    for (int id : read) {
      state = mixed(state * 31 + id + 1 & MASK);
    }
    for (int id = 0; id < vocabulary; id++) {
      long level = mixed(state + 7919L * id & MASK) % levels;
      logits[from + id] = (float) ((double) (level * width) / levels - width / 2.0);
    }
  }

  private static long mixed(long number) {
    long x = (number ^ number >> 15) * 739982445 & MASK;
    x = (x ^ x >> 12) * 695872825 & MASK;
    return x ^ x >> 15;
  }

  @Override
  public int length(String group, int row) {
    return rows.get(row).size();
  }

  @Override
  public void truncate(String group, int row, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void reorder(int[] sources) {
    List<List<Integer>> former = rows;
    rows = Arrays.stream(sources).mapToObj(former::get).toList();
  }

  @Override
  public void cancel() {}

  @Override
  public void close() {}

  @Override
  public List<Map<String, Tensor>> vision() {
    return List.of();
  }

  @Override
  public int[] startIds() {
    return start;
  }

  @Override
  public int room() {
    return 1000;
  }

  @Override
  public Map<String, Tensor> prompt(Map<String, Tensor> features) {
    return Map.of("ids", Tensor.of(start, 1, start.length));
  }

  @Override
  public Map<String, Tensor> step(int[] tokenIds, int position) {
    return Map.of("ids", Tensor.of(tokenIds, tokenIds.length, 1));
  }
}
