package dev.vlm4j.models.florence2;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.models.image.Extent;
import dev.vlm4j.spi.ModelAdapter;
import java.util.Set;

/**
 * The vision stage: tower and projector.
 *
 * @param tower the tower
 * @param projector the projector
 * @param picture size of all pictures after processing
 */
record Florence2Vision(DavitSpec tower, Florence2Projector projector, Extent picture) {
  static final String PIXEL_VALUES = "pixel_values";
  static final String FEATURES = "image_features";

  /** Rejects pictures that the tables of positions are too small for. */
  Florence2Vision {
    int rows = tower.outputSide(picture.height());
    int columns = tower.outputSide(picture.width());
    if (rows < 1 || columns < 1 || Math.max(rows, columns) > projector.positions()) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "pictures of "
              + picture.width()
              + " x "
              + picture.height()
              + " pixels give "
              + columns
              + " x "
              + rows
              + " positions, the model has 1 to "
              + projector.positions()
              + " a side: preprocessor_config.json and config.json do not belong together");
    }
  }

  /** Returns the number of features of one picture. */
  int tokens() {
    int positions = tower.outputSide(picture.height()) * tower.outputSide(picture.width());
    return projector.sources().stream().mapToInt(source -> source.count(positions)).sum();
  }

  Graph graph(Set<String> weights) {
    GraphBuilder builder = new GraphBuilder(ModelAdapter.VISION);
    Value pixels =
        builder.input(
            PIXEL_VALUES,
            DType.FLOAT,
            Dim.symbol("images"),
            Dim.fixed(tower.channels()),
            Dim.fixed(picture.height()),
            Dim.fixed(picture.width()));
    Scope model = builder.root().at("model");
    Value map = new Davit(tower).featureMap(model.at("vision_tower"), pixels);
    Value features = projector.features(model.at("multi_modal_projector"), map, weights);
    Dim count = pixels.dim(0).times(tokens());
    builder.output(FEATURES, model.reshape(features, count, Dim.fixed(projector.hiddenSize())));
    return builder.build();
  }
}
