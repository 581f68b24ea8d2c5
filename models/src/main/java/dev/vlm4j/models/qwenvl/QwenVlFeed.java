package dev.vlm4j.models.qwenvl;

import dev.vlm4j.models.image.patches.PatchGrid;
import dev.vlm4j.models.towers.CausalLanguageModel;
import dev.vlm4j.spi.RequestFeed;
import dev.vlm4j.spi.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One request: pictures one by one, then the prompt with positions in three axes, then steps that
 * stand behind it.
 */
final class QwenVlFeed implements RequestFeed {
  private final QwenVision tower;
  private final CausalLanguageModel language;
  private final int imageToken;
  private final int[] promptIds;
  private final List<PatchGrid> grids;
  private final float[] patches;
  private final PromptPositions positions;

  QwenVlFeed(
      QwenVision tower,
      CausalLanguageModel language,
      int imageToken,
      int[] promptIds,
      List<PatchGrid> grids,
      float[] patches) {
    this.tower = tower;
    this.language = language;
    this.imageToken = imageToken;
    this.promptIds = promptIds.clone();
    this.grids = grids;
    this.patches = patches;
    this.positions = PromptPositions.of(promptIds, imageToken, grids);
  }

  @Override
  public List<Map<String, Tensor>> vision() {
    List<Map<String, Tensor>> runs = new ArrayList<>();
    int values = tower.spec().patchValues();
    int done = 0;
    for (PatchGrid grid : grids) {
      int end = done + grid.patches() * values;
      boolean only = grids.size() == 1;
      runs.add(tower.inputs(grid, only ? patches : Arrays.copyOfRange(patches, done, end)));
      done = end;
    }
    return runs;
  }

  @Override
  public int[] startIds() {
    return promptIds.clone();
  }

  @Override
  public int room() {
    return language.decoder().spec().maxPositions() - promptIds.length;
  }

  @Override
  public Map<String, Tensor> prompt(Map<String, Tensor> visionResults) {
    return prompt(visionResults, promptIds.length).get(0);
  }

  @Override
  public List<Map<String, Tensor>> prompt(Map<String, Tensor> visionResults, int most) {
    List<Tensor> features =
        grids.isEmpty()
            ? Collections.nCopies(tower.results().size(), language.noFeatures())
            : tower.results().stream()
                .map(name -> Objects.requireNonNull(visionResults.get(name), name))
                .toList();
    return language.promptInputs(promptIds, imageToken, features, positions.axes(), most);
  }

  /** Pictures take more tokens than positions: an answer goes on behind the last position. */
  @Override
  public Map<String, Tensor> step(int[] tokenIds, int position) {
    return language.stepInputs(tokenIds, position - promptIds.length + positions.next());
  }
}
