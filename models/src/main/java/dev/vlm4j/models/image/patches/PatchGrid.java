package dev.vlm4j.models.image.patches;

/**
 * The patches of one picture, in the order in which the processor lists them: squares of {@code
 * merge} times {@code merge} patches, row by row, each of them row by row.
 *
 * @param height patches in a column
 * @param width patches in a row
 * @param merge side of the squares; divides both sides of the grid
 */
public record PatchGrid(int height, int width, int merge) {
  /** Returns the number of patches. */
  public int patches() {
    return height * width;
  }

  /** Returns the number of features. */
  public int tokens() {
    return patches() / (merge * merge);
  }

  /** Returns the row of every patch. */
  public int[] rows() {
    int[] rows = new int[patches()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = square(i) / squaresInRow() * merge + i / merge % merge;
    }
    return rows;
  }

  /** Returns the column of every patch. */
  public int[] columns() {
    int[] columns = new int[patches()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = square(i) % squaresInRow() * merge + i % merge;
    }
    return columns;
  }

  private int square(int patch) {
    return patch / (merge * merge);
  }

  private int squaresInRow() {
    return width / merge;
  }
}
