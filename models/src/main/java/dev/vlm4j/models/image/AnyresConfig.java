package dev.vlm4j.models.image;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The field of {@code preprocessor_config.json} that only processors with tiles have.
 *
 * @param imageGridPinpoints sizes, height first, of which one is chosen for a picture; null if the
 *     file is silent
 */
record AnyresConfig(@Nullable List<List<Integer>> imageGridPinpoints) {
  private static final int SIDE = 384;
  private static final int MOST = 6;

  /** Returns the list, or the default of the processor's class. */
  List<Extent> grids(ProcessorDefaults defaults) {
    if (imageGridPinpoints != null) {
      return imageGridPinpoints.stream().map(size -> new Extent(size.get(0), size.get(1))).toList();
    }
    return defaults == ProcessorDefaults.LLAVA_NEXT
        ? List.of(
            new Extent(336, 672),
            new Extent(672, 336),
            new Extent(672, 672),
            new Extent(1008, 336),
            new Extent(336, 1008))
        : squareGrids();
  }

  private static List<Extent> squareGrids() {
    List<Extent> grids = new ArrayList<>();
    for (int high = 1; high <= MOST; high++) {
      for (int wide = 1; wide <= MOST; wide++) {
        grids.add(new Extent(high * SIDE, wide * SIDE));
      }
    }
    return grids;
  }
}
