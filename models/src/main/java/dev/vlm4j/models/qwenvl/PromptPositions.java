package dev.vlm4j.models.qwenvl;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.image.patches.PatchGrid;
import java.util.List;

/**
 * Where the tokens of a prompt stand in time, height and width. A text advances along all three
 * axes; the features of a picture lie on a plane behind the text before it, and what follows stands
 * behind the longer side of that plane. Source: {@code get_rope_index} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/qwen2_vl/modeling_qwen2_vl.py">modeling_qwen2_vl.py</a>.
 *
 * @param axes positions in time, height and width, {@code [3][tokens]}
 * @param next position of the token after the prompt
 */
record PromptPositions(int[][] axes, int next) {
  private static final int AXES = 3;

  /**
   * Places a prompt.
   *
   * @param imageToken id of the placeholder
   * @param pictures in the order of their placeholders
   * @throws VlmException {@code IMAGE_COUNT_MISMATCH} if pictures and placeholders do not fit
   */
  static PromptPositions of(int[] promptIds, int imageToken, List<PatchGrid> pictures) {
    int[][] axes = new int[AXES][promptIds.length];
    int next = 0;
    int picture = 0;
    int i = 0;
    while (i < promptIds.length) {
      if (promptIds[i] != imageToken) {
        fill(axes, i++, next, next, next);
        next++;
        continue;
      }
      PatchGrid grid = picture < pictures.size() ? pictures.get(picture++) : null;
      if (grid == null || !placeholders(promptIds, imageToken, i, grid.tokens())) {
        throw mismatch(promptIds, imageToken, pictures);
      }
      int width = grid.width() / grid.merge();
      for (int token = 0; token < grid.tokens(); token++) {
        fill(axes, i++, next, next + token / width, next + token % width);
      }
      next += Math.max(grid.height(), grid.width()) / grid.merge();
    }
    if (picture < pictures.size()) {
      throw mismatch(promptIds, imageToken, pictures);
    }
    return new PromptPositions(axes, next);
  }

  private static void fill(int[][] axes, int token, int time, int height, int width) {
    axes[0][token] = time;
    axes[1][token] = height;
    axes[2][token] = width;
  }

  private static boolean placeholders(int[] ids, int imageToken, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (i >= ids.length || ids[i] != imageToken) {
        return false;
      }
    }
    return true;
  }

  private static VlmException mismatch(int[] ids, int imageToken, List<PatchGrid> pictures) {
    long placeholders = java.util.Arrays.stream(ids).filter(id -> id == imageToken).count();
    return new VlmException(
        ErrorCode.IMAGE_COUNT_MISMATCH,
        "the prompt has "
            + placeholders
            + " picture tokens, "
            + pictures.size()
            + " pictures give "
            + pictures.stream().mapToInt(PatchGrid::tokens).sum()
            + " features: config.json (image_token_id, vision_config) and preprocessor_config.json"
            + " do not belong together");
  }
}
