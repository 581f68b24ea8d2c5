package dev.vlm4j.conformance.checkpoint;

import dev.vlm4j.spi.StorageType;
import java.util.List;
import java.util.Optional;

/**
 * A tiny checkpoint and what was recorded with it.
 *
 * @param name name of its folder
 * @param about what it is, for people
 * @param base the checkpoint that it is made from
 * @param rewrite how the base's weights are rewritten
 * @param absent files of the base that it does not have
 * @param cases what was recorded
 */
record GoldenCheckpoint(
    String name,
    String about,
    Optional<String> base,
    Rewrite rewrite,
    List<String> absent,
    List<GoldenCase> cases) {

  /**
   * A change of the weight files that changes no result.
   *
   * @param layout which release's names the tensors get: {@code saved}, {@code flat}, {@code old}
   *     or {@code middle}
   * @param store element type; the recorded weights are exact in all of them
   * @param shards number of files
   */
  record Rewrite(String layout, StorageType store, int shards) {
    static final Rewrite NONE = new Rewrite("saved", StorageType.F32, 1);
  }

  GoldenCase named(String caseName) {
    return cases.stream()
        .filter(golden -> golden.name().equals(caseName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " has no case " + caseName));
  }

  @Override
  public String toString() {
    return name;
  }
}
