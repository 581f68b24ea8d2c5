package dev.vlm4j.models.image;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
      return imageGridPinpoints.stream().map(AnyresConfig::extent).toList();
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

  private static Extent extent(List<Integer> size) {
    if (size.size() != 2 || size.stream().anyMatch(Objects::isNull)) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "image_grid_pinpoints needs pairs of height and width, got "
              + size
              + "; correct preprocessor_config.json.");
    }
    return new Extent(size.get(0), size.get(1));
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
