package dev.vlm4j.models.florence2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.spi.KeyTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Florence2KeysTest {
  private static final DavitSpec TOWER = Florence2VisionConfig.silent().resolve();
  private final KeyTable legacy = Florence2Keys.of(Florence2Layout.LEGACY, TOWER);
  private final KeyTable saved = Florence2Keys.of(Florence2Layout.NATIVE, TOWER);

  @ParameterizedTest
  @CsvSource({
    "vision_tower.convs.3.proj.bias, model.vision_tower.convs.3.conv.bias",
    "vision_tower.convs.0.norm.weight, model.vision_tower.convs.0.norm.weight",
    "vision_tower.blocks.2.8.spatial_block.conv1.fn.dw.weight,"
        + " model.vision_tower.blocks.2.8.spatial_block.conv1.weight",
    "vision_tower.blocks.2.8.spatial_block.window_attn.norm.bias,"
        + " model.vision_tower.blocks.2.8.spatial_block.norm1.bias",
    "vision_tower.blocks.0.0.spatial_block.window_attn.fn.qkv.bias,"
        + " model.vision_tower.blocks.0.0.spatial_block.window_attn.qkv.bias",
    "vision_tower.blocks.0.0.channel_block.channel_attn.norm.bias,"
        + " model.vision_tower.blocks.0.0.channel_block.norm1.bias",
    "vision_tower.blocks.0.0.channel_block.channel_attn.fn.proj.weight,"
        + " model.vision_tower.blocks.0.0.channel_block.channel_attn.proj.weight",
    "vision_tower.blocks.0.0.channel_block.ffn.norm.weight,"
        + " model.vision_tower.blocks.0.0.channel_block.norm2.weight",
    "vision_tower.blocks.0.0.channel_block.ffn.fn.net.fc2.weight,"
        + " model.vision_tower.blocks.0.0.channel_block.ffn.fc2.weight",
    "image_projection, model.multi_modal_projector.image_projection.weight",
    "image_proj_norm.bias, model.multi_modal_projector.image_proj_norm.bias",
    "image_pos_embed.row_embeddings.weight,"
        + " model.multi_modal_projector.image_position_embed.row_embeddings.weight",
    "visual_temporal_embed.pos_idx_to_embed,"
        + " model.multi_modal_projector.visual_temporal_embed.pos_idx_to_embed",
    "language_model.model.shared.weight, model.language_model.shared.weight",
    "language_model.model.encoder.layers.5.fc1.weight,"
        + " model.language_model.encoder.layers.5.fc1.weight",
    "language_model.lm_head.weight, lm_head.weight",
    "language_model.final_logits_bias, final_logits_bias"
  })
  void mapsTheNamesOfTheAuthors(String theirs, String ours) {
    assertThat(legacy.toGraph(theirs)).isEqualTo(ours);
    assertThat(saved.toGraph(ours)).isEqualTo(ours);
  }

  @Test
  void ignoresCopiesOfTheEmbeddingOnly() {
    assertThat(legacy.isIgnorable("model.language_model.encoder.embed_tokens.weight")).isTrue();
    assertThat(saved.isIgnorable("model.language_model.decoder.embed_tokens.weight")).isTrue();
    assertThat(saved.isIgnorable("model.language_model.encoder.embed_positions.weight")).isFalse();
    assertThat(saved.isIgnorable("lm_head.weight")).isFalse();
  }
}
