package dev.vlm4j.models.idefics3;

/**
 * The text that stands for a picture: its tiles row by row, each with its place, then the whole
 * picture.
 *
 * @param tokens placeholder tokens of a tile
 */
record Idefics3Prompt(int tokens) {
  static final String FAKE = "<fake_token_around_image>";
  static final String IMAGE = "<image>";
  private static final String GLOBAL = "<global-img>";

  /** Returns the text for rows and columns of tiles; for one tile only that of the picture. */
  String text(int rows, int columns) {
    StringBuilder text = new StringBuilder();
    boolean cut = rows * columns > 1;
    for (int row = 1; cut && row <= rows; row++) {
      for (int column = 1; column <= columns; column++) {
        text.append(FAKE).append("<row_" + row + "_col_" + column + ">");
        text.append(IMAGE.repeat(tokens));
      }
      text.append('\n');
    }
    text.append(cut ? "\n" : "").append(FAKE).append(GLOBAL);
    return text.append(IMAGE.repeat(tokens)).append(FAKE).toString();
  }
}
