"""Architecture, tokenizer and processor of the built-in detector (Florence-2 layout)."""

import random
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    BartConfig,
    CLIPImageProcessor,
    Florence2Config,
    Florence2ForConditionalGeneration,
    Florence2Processor,
    GenerationConfig,
    PreTrainedTokenizerFast,
)
from transformers.models.florence2.configuration_florence2 import Florence2VisionConfig

import scenes
from detector import tasks

BEGIN, PAD, END, UNKNOWN, IMAGE = "<s>", "<pad>", "</s>", "<unk>", "<image>"
# The marks of the family; this model uses the locations alone.
MARKS = [f"<{slash}{mark}>" for mark in ("od", "ocr") for slash in ("", "/")]
LOCATIONS = [f"<loc_{place}>" for place in range(tasks.PLACES)]
MARKS_AFTER = [
    f"<{slash}{mark}>"
    for mark in ("cap", "ncap", "dcap", "grounding", "seg", "region_cap", "proposal", "poly")
    for slash in ("", "/")
] + ["<sep>", "<and>"]

SIDE, PATCH = 192, 16
GRID = SIDE // PATCH
IMAGE_TOKENS = GRID * GRID + 1
WIDTH = 128


def tokenizer() -> PreTrainedTokenizerFast:
    """Byte-level BPE over the texts of the tasks: any UTF-8 text can be encoded."""
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=420,
        special_tokens=[BEGIN, PAD, END, UNKNOWN],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    rng = random.Random("vocabulary")
    drawn = (scenes.scene(rng, most=scenes.MOST) for _ in range(10_000))
    bpe.train_from_iterator((text for scene in drawn for text in tasks.texts(rng, scene)), trainer)
    words = PreTrainedTokenizerFast(
        tokenizer_object=bpe,
        bos_token=BEGIN,
        pad_token=PAD,
        eos_token=END,
        unk_token=UNKNOWN,
        extra_special_tokens={"image_token": IMAGE},
        clean_up_tokenization_spaces=False,
        model_max_length=256,
    )
    words.add_tokens(MARKS + LOCATIONS + MARKS_AFTER, special_tokens=True)
    return words


def processor(words: PreTrainedTokenizerFast) -> Florence2Processor:
    pixels = CLIPImageProcessor(
        size={"height": SIDE, "width": SIDE},
        do_center_crop=False,
        image_mean=[0.5] * 3,
        image_std=[0.5] * 3,
        image_seq_length=IMAGE_TOKENS,
    )
    parsers = ("ocr", "phrase_grounding", "pure_text", "description_with_bboxes", "polygons")
    parsers += ("description_with_polygons", "bboxes", "description_with_bboxes_or_polygons")
    return Florence2Processor(
        image_processor=pixels, tokenizer=words, post_processor_config={p: {} for p in parsers}
    )


def model(words: PreTrainedTokenizerFast) -> Florence2ForConditionalGeneration:
    """The network with random weights."""
    vision = Florence2VisionConfig(
        depths=(1, 2),
        patch_size=(8, 3),
        patch_stride=(8, 2),
        patch_padding=(0, 1),
        patch_prenorm=(False, True),
        embed_dim=(64, 144),
        num_heads=(2, 4),
        num_groups=(2, 4),
        window_size=12,
        drop_path_rate=0.0,
        projection_dim=WIDTH,
        max_position_embeddings=GRID,
    )
    text = BartConfig(
        vocab_size=len(words),
        d_model=WIDTH,
        encoder_layers=3,
        decoder_layers=3,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=512,
        decoder_ffn_dim=512,
        max_position_embeddings=256,
        dropout=0.0,
        bos_token_id=words.bos_token_id,
        eos_token_id=words.eos_token_id,
        pad_token_id=words.pad_token_id,
        decoder_start_token_id=words.eos_token_id,
        forced_bos_token_id=words.bos_token_id,
        forced_eos_token_id=words.eos_token_id,
    )
    config = Florence2Config(
        vision_config=vision.to_dict(),
        text_config=text.to_dict(),
        image_token_id=words.convert_tokens_to_ids(IMAGE),
        bos_token_id=words.bos_token_id,
        eos_token_id=words.eos_token_id,
        pad_token_id=words.pad_token_id,
    )
    return Florence2ForConditionalGeneration(config)


def save(network: Florence2ForConditionalGeneration, words: PreTrainedTokenizerFast, folder: Path):
    """Writes the checkpoint in Hub layout, weights in bfloat16."""
    copy = model(words)
    copy.load_state_dict(network.state_dict())
    copy.to(torch.bfloat16)
    copy.generation_config = GenerationConfig(
        bos_token_id=words.bos_token_id,
        eos_token_id=words.eos_token_id,
        pad_token_id=words.pad_token_id,
        decoder_start_token_id=words.eos_token_id,
        forced_bos_token_id=words.bos_token_id,
        forced_eos_token_id=words.eos_token_id,
        do_sample=False,
        max_new_tokens=64,
    )
    copy.save_pretrained(folder)
    both = processor(words)
    both.save_pretrained(folder)
    both.image_processor.save_pretrained(folder)
