"""Builds tiny Qwen-VL checkpoints with random weights, an own tokenizer and an own chat template."""

import math

import torch
from tokenizers import AddedToken
from transformers import (
    GenerationConfig,
    PreTrainedTokenizerFast,
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    Qwen2_5_VLProcessor,
    Qwen2VLConfig,
    Qwen2VLForConditionalGeneration,
    Qwen2VLImageProcessor,
    Qwen2VLProcessor,
    Qwen2VLVideoProcessor,
    Qwen3VLConfig,
    Qwen3VLForConditionalGeneration,
    Qwen3VLProcessor,
)

from llava_checkpoints import GAIN, HEAD_GAIN, padded, qwen_tokenizer

TEMPLATE = """\
{% set ns = namespace(count=0) %}\
{% for message in messages %}\
{% if loop.first and message['role'] != 'system' %}{{ '<|open|>system\\nLook well.<|shut|>\\n' }}{% endif %}\
{{ '<|open|>' + message['role'] + '\\n' }}\
{% if message['content'] is string %}{{ message['content'] }}{% else %}\
{% for part in message['content'] %}\
{% if part['type'] == 'image' %}{% set ns.count = ns.count + 1 %}\
{% if add_vision_id %}{{ 'No. ' ~ ns.count ~ ' ' }}{% endif %}\
{{ '<|vision_start|><|image_pad|><|vision_end|>' }}\
{% elif part['type'] == 'text' %}{{ part['text'] }}{% endif %}\
{% endfor %}{% endif %}\
{{ '<|shut|>\\n' }}\
{% endfor %}\
{% if add_generation_prompt %}{{ '<|open|>assistant\\n' }}{% endif %}"""

PATCH = 4
LEAST_PIXELS = 4 * 64
MOST_PIXELS = 20 * 64


def tokenizer():
    made = qwen_tokenizer().backend_tokenizer
    names = ["<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>"]
    made.add_special_tokens([AddedToken(t, normalized=False) for t in names])
    return PreTrainedTokenizerFast(
        tokenizer_object=made,
        eos_token="<|shut|>",
        pad_token="<|end|>",
        clean_up_tokenization_spaces=False,
    )


def randomize(module, seed, embedding):
    """Gives every weight a value that bf16 and fp16 hold exactly, so that all three agree."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if parameter.dim() == 1:
                is_norm = name.endswith("weight") and ("norm" in name or "ln_q" in name)
                value = (1.0 if is_norm else 0.0) + 0.2 * noise
            elif "embed_tokens" in name:
                value = noise * embedding
            elif "pos_embed" in name:
                value = noise * 0.5
            else:
                fan_in = parameter[0].numel()
                value = noise * ((HEAD_GAIN if "lm_head" in name else GAIN) / math.sqrt(fan_in))
            parameter.copy_(value.half().float().bfloat16().float())


def text(tokens, **changes):
    return {
        "vocab_size": padded(len(tokens)),
        "hidden_size": 64,
        "intermediate_size": 88,
        "num_hidden_layers": 3,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "max_position_embeddings": 512,
        "eos_token_id": tokens.convert_tokens_to_ids("<|shut|>"),
        **changes,
    }


def special(tokens):
    ids = tokens.convert_tokens_to_ids
    return {
        "image_token_id": ids("<|image_pad|>"),
        "video_token_id": ids("<|video_pad|>"),
        "vision_start_token_id": ids("<|vision_start|>"),
        "vision_end_token_id": ids("<|vision_end|>"),
    }


def rope(theta, sections, **more):
    return {"rope_type": "default", "rope_theta": theta, "mrope_section": sections, **more}


def processor(kind, tokens, **images):
    sizes = {"patch_size": PATCH, "temporal_patch_size": 2, "merge_size": 2}
    return kind(
        Qwen2VLImageProcessor(
            size={"shortest_edge": LEAST_PIXELS, "longest_edge": MOST_PIXELS}, **sizes, **images
        ),
        tokens,
        Qwen2VLVideoProcessor(**sizes),
        chat_template=TEMPLATE,
    )


def qwen2_vl(seed=31):
    tokens = tokenizer()
    config = Qwen2VLConfig(
        text_config=text(tokens, rope_parameters=rope(1000000.0, [2, 3, 3])),
        vision_config={
            "depth": 3,
            "embed_dim": 32,
            "hidden_size": 64,
            "num_heads": 2,
            "mlp_ratio": 2,
            "patch_size": PATCH,
        },
        tie_word_embeddings=True,
        **special(tokens),
    )
    model = Qwen2VLForConditionalGeneration(config)
    return finish(model, seed, 0.35, generation(tokens)), processor(Qwen2VLProcessor, tokens)


def qwen2_5_vl(seed=32):
    tokens = tokenizer()
    config = Qwen2_5_VLConfig(
        text_config=text(tokens, rope_parameters=rope(1000000.0, [2, 3, 3]), rms_norm_eps=1e-6),
        vision_config={
            "depth": 4,
            "hidden_size": 32,
            "intermediate_size": 52,
            "out_hidden_size": 64,
            "num_heads": 2,
            "patch_size": PATCH,
            "window_size": 4 * PATCH,
            "fullatt_block_indexes": [1, 3],
        },
        tie_word_embeddings=False,
        **special(tokens),
    )
    model = Qwen2_5_VLForConditionalGeneration(config)
    settings = generation(tokens, repetition_penalty=1.05)
    return finish(model, seed, 0.5, settings), processor(Qwen2_5_VLProcessor, tokens)


def qwen3_vl(seed=35):
    tokens = tokenizer()
    config = Qwen3VLConfig(
        text_config=text(
            tokens,
            hidden_size=48,
            head_dim=16,
            rope_parameters=rope(5000000.0, [4, 2, 2], mrope_interleaved=True),
        ),
        vision_config={
            "depth": 3,
            "hidden_size": 32,
            "intermediate_size": 56,
            "out_hidden_size": 48,
            "num_heads": 2,
            "patch_size": PATCH,
            "num_position_embeddings": 36,
            "deepstack_visual_indexes": [0, 2],
        },
        tie_word_embeddings=True,
        **special(tokens),
    )
    model = Qwen3VLForConditionalGeneration(config)
    half = {"image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
    return finish(model, seed, 0.15, generation(tokens)), processor(Qwen3VLProcessor, tokens, **half)


def generation(tokens, **more):
    eos = [tokens.convert_tokens_to_ids(name) for name in ["<|shut|>", "<|end|>"]]
    return GenerationConfig(eos_token_id=eos, pad_token_id=eos[1], **more)


def finish(model, seed, embedding, settings):
    model.float().eval()
    randomize(model, seed, embedding)
    model.tie_weights()
    with torch.no_grad():
        for weight in {model.get_input_embeddings().weight, model.lm_head.weight}:
            # Answers shall be long: the tokens that end them get small scores.
            weight[settings.eos_token_id] *= 0.125
    model.generation_config = settings
    return model
