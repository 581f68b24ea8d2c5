package dev.vlm4j.models.florence2;

import dev.vlm4j.spi.KeyTable;
import java.util.Map;

/** Tensor names of the two layouts; the graphs use those of the reference library. */
final class Florence2Keys {
  private static final String TOWER = "vision_tower.";
  private static final String PROJECTOR = "model.multi_modal_projector.";

  /** What the authors' files call the modules of both kinds of blocks. */
  private static final Map<String, String> BLOCK =
      Map.of(
          "conv1.fn.dw.", "conv1.",
          "conv2.fn.dw.", "conv2.",
          "ffn.norm.", "norm2.",
          "ffn.fn.net.", "ffn.");

  private Florence2Keys() {}

  static KeyTable of(Florence2Layout layout, DavitSpec tower) {
    KeyTable table = layout == Florence2Layout.LEGACY ? legacy(tower) : KeyTable.identity();
    return table.ignore("model\\.language_model\\.(en|de)coder\\.embed_tokens\\.weight");
  }

  private static KeyTable legacy(DavitSpec tower) {
    KeyTable table =
        KeyTable.identity()
            .prefix("language_model.model.", "model.language_model.")
            .prefix("language_model.", "")
            .prefix("image_projection", PROJECTOR + "image_projection.weight")
            .prefix("image_proj_norm.", PROJECTOR + "image_proj_norm.")
            .prefix("image_pos_embed.", PROJECTOR + "image_position_embed.")
            .prefix("visual_temporal_embed.", PROJECTOR + "visual_temporal_embed.");
    for (int i = 0; i < tower.stages().size(); i++) {
      String conv = TOWER + "convs." + i + ".";
      table = table.prefix(conv, "model." + conv).prefix(conv + "proj.", "model." + conv + "conv.");
      for (int j = 0; j < tower.stages().get(i).depth(); j++) {
        String block = TOWER + "blocks." + i + "." + j + ".";
        table = block(table, block + "spatial_block.", "window_attn.");
        table = block(table, block + "channel_block.", "channel_attn.");
      }
    }
    return table;
  }

  private static KeyTable block(KeyTable table, String block, String attention) {
    KeyTable all =
        table
            .prefix(block + attention + "norm.", "model." + block + "norm1.")
            .prefix(block + attention + "fn.", "model." + block + attention);
    for (Map.Entry<String, String> module : BLOCK.entrySet()) {
      all = all.prefix(block + module.getKey(), "model." + block + module.getValue());
    }
    return all;
  }
}
