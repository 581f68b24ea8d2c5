package dev.vlm4j.models.florence2;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.ChannelAttention;

/**
 * The attention of DaViT: over the positions of a window, which costs no mask because windows are
 * rows, and over the channels of a group.
 *
 * @param spec the tower
 * @param stage the stage
 */
record DavitAttention(DavitSpec spec, DavitSpec.Stage stage) {
  private record Parts(Value query, Value key, Value value) {}

  /**
   * Returns {@code [pictures, positions, width]} for a grid {@code [pictures, rows, columns,
   * width]}. Positions that only fill up the last windows take part, as in the reference.
   */
  Value inWindows(Scope at, Value grid) {
    int side = spec.windowSize();
    long rows = grid.dim(1).size();
    long columns = grid.dim(2).size();
    Value padded = fill(at, fill(at, grid, 1, side), 2, side);
    long down = padded.dim(1).size() / side;
    long across = padded.dim(2).size() / side;
    Dim window = Dim.fixed(side);
    Dim width = grid.dim(3);
    Value cut =
        at.reshape(padded, grid.dim(0), Dim.fixed(down), window, Dim.fixed(across), window, width);
    Dim windows = grid.dim(0).times(down * across);
    Value perWindow =
        at.reshape(
            at.permute(cut, 0, 1, 3, 2, 4, 5), windows, Dim.fixed((long) side * side), width);
    Value mixed = attend(at, perWindow);
    Value split =
        at.reshape(mixed, grid.dim(0), Dim.fixed(down), Dim.fixed(across), window, window, width);
    Value merged =
        at.reshape(
            at.permute(split, 0, 1, 3, 2, 4, 5), grid.dim(0), padded.dim(1), padded.dim(2), width);
    Value kept = at.slice(at.slice(merged, 1, 0, rows), 2, 0, columns);
    return at.reshape(kept, grid.dim(0), Dim.fixed(rows * columns), width);
  }

  private static Value fill(Scope at, Value x, int axis, int side) {
    long rest = x.dim(axis).size() % side;
    return rest == 0 ? x : at.pad(x, axis, 0, side - rest);
  }

  private Value attend(Scope at, Value x) {
    Parts parts = parts(at, x, stage.heads());
    double scale = 1 / Math.sqrt((double) stage.width() / stage.heads());
    Value mixed = at.apply(Attention.full(scale), parts.query(), parts.key(), parts.value());
    return out(at, at.reshape(mixed, x.dim(0), x.dim(1), x.dim(2)));
  }

  /** Returns {@code [pictures, positions, width]} for the same shape. */
  Value overChannels(Scope at, Value x) {
    Parts parts = parts(at, x, stage.groups());
    ChannelAttention attention = new ChannelAttention(1 / Math.sqrt(x.dim(1).size()));
    Value mixed = at.apply(attention, parts.query(), parts.key(), parts.value());
    return out(at, at.reshape(mixed, x.dim(0), x.dim(1), x.dim(2)));
  }

  private Parts parts(Scope at, Value x, int heads) {
    Value all = at.linear("qkv", x, 3L * stage.width(), spec.qkvBias());
    return new Parts(part(at, all, 0, heads), part(at, all, 1, heads), part(at, all, 2, heads));
  }

  private Value part(Scope at, Value all, int index, int heads) {
    long width = stage.width();
    Value part = at.slice(all, 2, index * width, (index + 1) * width);
    return at.reshape(part, all.dim(0), all.dim(1), Dim.fixed(heads), Dim.fixed(width / heads));
  }

  private Value out(Scope at, Value x) {
    return at.linear("proj", x, stage.width(), true);
  }
}
