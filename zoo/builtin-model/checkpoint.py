"""Architecture, tokenizer, chat template and processor of the built-in model."""

import random
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    GenerationConfig,
    LlavaConfig,
    LlavaForConditionalGeneration,
    LlavaProcessor,
    PreTrainedTokenizerFast,
    Qwen2Config,
    SiglipImageProcessor,
    SiglipVisionConfig,
)

import questions
import scenes

PAD, BEGIN, END, IMAGE = "<|pad|>", "<|begin|>", "<|end|>", "<image>"
SYSTEM, USER, ASSISTANT = "<|system|>", "<|user|>", "<|assistant|>"
SPECIAL = [PAD, BEGIN, END, IMAGE, SYSTEM, USER, ASSISTANT]

SIDE, PATCH = 96, 12
GRID = SIDE // PATCH
IMAGE_TOKENS = GRID * GRID
VISION_WIDTH = 192
SYSTEM_PROMPTS = ("Answer briefly.", "You answer questions about pictures.")
NO_PICTURE = "There is no picture."

# Pictures of a turn always come before its text, as in training.
CHAT_TEMPLATE = """\
{{- '<|begin|>' -}}
{%- for message in messages -%}
  {{- '<|' + message['role'] + '|>' -}}
  {%- if message['content'] is string -%}
    {{- message['content'] -}}
  {%- else -%}
    {%- for part in message['content'] -%}
      {%- if part['type'] == 'image' -%}{{- '<image>' -}}{%- endif -%}
    {%- endfor -%}
    {%- for part in message['content'] -%}
      {%- if part['type'] == 'text' -%}{{- part['text'] -}}{%- endif -%}
    {%- endfor -%}
  {%- endif -%}
  {{- '<|end|>' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '<|assistant|>' -}}{%- endif -%}
"""


def _texts(count=20_000):
    rng = random.Random("vocabulary")
    kinds = list(questions.KINDS)
    yield from SYSTEM_PROMPTS + (NO_PICTURE,)
    for _ in range(count):
        pair = questions.ask(rng, rng.choice(kinds), scenes.scene(rng))
        if pair is not None:
            yield from pair


def tokenizer() -> PreTrainedTokenizerFast:
    """Byte-level BPE over the texts of the questions: any UTF-8 text can be encoded."""
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=640,
        special_tokens=SPECIAL,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    bpe.train_from_iterator(_texts(), trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=bpe,
        bos_token=BEGIN,
        eos_token=END,
        pad_token=PAD,
        additional_special_tokens=[IMAGE, SYSTEM, USER, ASSISTANT],
        clean_up_tokenization_spaces=False,
        model_max_length=1024,
    )


def processor(words: PreTrainedTokenizerFast) -> LlavaProcessor:
    pixels = SiglipImageProcessor(size={"height": SIDE, "width": SIDE})
    return LlavaProcessor(
        image_processor=pixels,
        tokenizer=words,
        patch_size=PATCH,
        vision_feature_select_strategy="full",
        chat_template=CHAT_TEMPLATE,
        image_token=IMAGE,
        num_additional_image_tokens=0,
    )


def model(words: PreTrainedTokenizerFast) -> LlavaForConditionalGeneration:
    """The network with random weights."""
    vision = SiglipVisionConfig(
        hidden_size=VISION_WIDTH,
        intermediate_size=512,
        num_hidden_layers=4,
        num_attention_heads=6,
        image_size=SIDE,
        patch_size=PATCH,
        vision_use_head=False,
    )
    text = Qwen2Config(
        vocab_size=len(words),
        hidden_size=192,
        intermediate_size=512,
        num_hidden_layers=4,
        num_attention_heads=6,
        num_key_value_heads=2,
        max_position_embeddings=1024,
        tie_word_embeddings=True,
        bos_token_id=words.bos_token_id,
        eos_token_id=words.eos_token_id,
        pad_token_id=words.pad_token_id,
    )
    config = LlavaConfig(
        vision_config=vision,
        text_config=text,
        image_token_index=words.convert_tokens_to_ids(IMAGE),
        image_seq_length=IMAGE_TOKENS,
        vision_feature_layer=-1,
        vision_feature_select_strategy="full",
        tie_word_embeddings=True,
        bos_token_id=words.bos_token_id,
        eos_token_id=words.eos_token_id,
        pad_token_id=words.pad_token_id,
    )
    return LlavaForConditionalGeneration(config)


def save(network: LlavaForConditionalGeneration, words: PreTrainedTokenizerFast, folder: Path):
    """Writes the checkpoint in Hub layout, weights in bfloat16."""
    copy = model(words)
    copy.load_state_dict(network.state_dict())
    copy.to(torch.bfloat16)
    copy.generation_config = GenerationConfig(
        bos_token_id=words.bos_token_id,
        eos_token_id=[words.eos_token_id],
        pad_token_id=words.pad_token_id,
        do_sample=False,
        max_new_tokens=64,
    )
    copy.save_pretrained(folder)
    both = processor(words)
    both.save_pretrained(folder)
    both.image_processor.save_pretrained(folder)
