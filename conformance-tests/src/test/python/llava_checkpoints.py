"""Builds tiny LLaVA checkpoints with random weights, own tokenizers and own chat templates."""

import json
import math

import torch
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
from tokenizers import processors, trainers
from transformers import (
    CLIPImageProcessor,
    CLIPVisionConfig,
    GenerationConfig,
    LlamaConfig,
    LlavaConfig,
    LlavaForConditionalGeneration,
    LlavaProcessor,
    PreTrainedTokenizerFast,
    Qwen2Config,
    SiglipImageProcessor,
    SiglipVisionConfig,
)

CORPUS = [
    "A small house stands on the hill, and a red bird sits on the roof of the house.",
    "What is in this picture? The picture shows a tall tower, a river and two grey boats.",
    "How many stripes are there? There are seven stripes: four dark ones and three light ones.",
    "Describe the colours. The sky is blue, the grass is green, the sun is yellow and low.",
    "Compare the first picture with the second one: the first is wide, the second is narrow.",
    "You answer in short sentences. Say what you see, then say what you think about it.",
    "No, the other one, please! It's the one that isn't on the left side of the picture.",
    "Numbers such as 1, 22, 333 and 4096 are written with digits; words are not numbers.",
    "Über den Bäumen fliegt ein Vogel; où est la mer? El niño mira el agua del río.",
]

LLAMA_TEMPLATE = """\
{#- one line per speaker, pictures before words -#}
{% for message in messages %}\
{% if message['role'] == 'system' %}{{ 'RULES: ' }}{% else %}\
{{ message['role'].upper() + ' SAYS: ' }}{% endif %}\
{% for part in message['content'] | selectattr('type', 'equalto', 'image') %}{{ '<image>\\n' }}{% endfor %}\
{% for part in message['content'] | selectattr('type', 'equalto', 'text') %}\
{% if message['role'] != 'assistant' %}{{ part['text'] + ' ' }}\
{% else %}{% generation %}{{ part['text'] + ' ' }}{% endgeneration %}{% endif %}{% endfor %}\
{% endfor %}\
{% if add_generation_prompt %}{{ 'ASSISTANT SAYS:' }}{% endif %}"""

QWEN_TEMPLATE = """\
{% for message in messages %}\
{% if loop.first and message['role'] != 'system' %}{{ '<|open|>system\\nLook well.<|shut|>\\n' }}{% endif %}\
{{ '<|open|>' + message['role'] + '\\n' }}\
{% if message['content'] is string %}{{ message['content'] }}{% else %}\
{% for part in message['content'] %}\
{% if part['type'] == 'image' %}{{ '<image>' }}{% elif part['type'] == 'text' %}{{ part['text'] }}{% endif %}\
{% endfor %}{% endif %}\
{{ '<|shut|>\\n' }}\
{% endfor %}\
{% if add_generation_prompt %}{{ '<|open|>assistant\\n' }}{% endif %}"""


def llama_tokenizer():
    """Merges over words with a leading block, unknown characters as bytes, a start token."""
    special = ["<unk>", "<s>", "</s>"]
    bytes_ = [f"<0x{i:02X}>" for i in range(256)]
    trained = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>"))
    trained.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    trained.train_from_iterator(
        CORPUS, trainers.BpeTrainer(vocab_size=480, special_tokens=special + bytes_)
    )
    model = json.loads(trained.to_str())["model"]
    merges = [tuple(pair) for pair in model["merges"]]
    tokenizer = Tokenizer(
        models.BPE(
            model["vocab"], merges, byte_fallback=True, unk_token="<unk>", fuse_unk=True
        )
    )
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
    )
    tokenizer.decoder = decoders.Sequence(
        [
            decoders.Replace("▁", " "),
            decoders.ByteFallback(),
            decoders.Fuse(),
            decoders.Strip(" ", 1, 0),
        ]
    )
    tokenizer.add_special_tokens(
        [AddedToken(t, normalized=False) for t in special + ["<image>", "<pad>"]]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 1)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<s>",
        eos_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        extra_special_tokens={"image_token": "<image>"},
        clean_up_tokenization_spaces=False,
    )


def qwen_tokenizer():
    """Merges over bytes, words cut by a pattern, no start token."""
    pattern = (
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
        r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
    )
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(pattern), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    tokenizer.train_from_iterator(
        CORPUS,
        trainers.BpeTrainer(
            vocab_size=440, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
        ),
    )
    named = ["<|end|>", "<|open|>", "<|shut|>", "<image>"]
    tokenizer.add_special_tokens([AddedToken(t, normalized=False) for t in named])
    tokenizer.add_tokens([AddedToken("<note>", normalized=False)])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        eos_token="<|shut|>",
        pad_token="<|end|>",
        extra_special_tokens={"image_token": "<image>"},
        clean_up_tokenization_spaces=False,
    )


GAIN = 1.4
HEAD_GAIN = 3.5


def randomize(module, seed, embedding):
    """Gives every weight a value that bf16 and fp16 hold exactly, so that all three agree."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if parameter.dim() == 1:
                centre = 1.0 if "norm" in name and name.endswith("weight") else 0.0
                value = centre + 0.2 * noise
            elif "embed_tokens" in name:
                value = noise * embedding
            elif "embed" in name and "patch" not in name:
                value = noise * 0.5
            else:
                fan_in = parameter[0].numel()
                scale = HEAD_GAIN if "lm_head" in name else GAIN
                value = noise * (scale / math.sqrt(fan_in))
            parameter.copy_(value.half().float().bfloat16().float())


def padded(count):
    return (count + 7) // 8 * 8


def llava15(seed=11):
    tokenizer = llama_tokenizer()
    size = 42
    image_processor = CLIPImageProcessor(
        size={"shortest_edge": size}, crop_size={"height": size, "width": size}
    )
    processor = LlavaProcessor(
        image_processor,
        tokenizer,
        patch_size=14,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        image_token="<image>",
        chat_template=LLAMA_TEMPLATE,
    )
    config = LlavaConfig(
        vision_config=CLIPVisionConfig(
            hidden_size=32,
            intermediate_size=56,
            num_hidden_layers=3,
            num_attention_heads=4,
            image_size=size,
            patch_size=14,
            projection_dim=24,
        ),
        text_config=LlamaConfig(
            vocab_size=padded(len(tokenizer)),
            hidden_size=64,
            intermediate_size=104,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            max_position_embeddings=512,
            rms_norm_eps=1e-5,
            bos_token_id=1,
            eos_token_id=2,
        ),
        image_token_index=tokenizer.convert_tokens_to_ids("<image>"),
        vision_feature_layer=-2,
        vision_feature_select_strategy="default",
        tie_word_embeddings=False,
    )
    return finish(config, processor, seed, 0.5, dict(bos_token_id=1, eos_token_id=2))


def interleave(seed=12):
    tokenizer = qwen_tokenizer()
    size = 48
    processor = LlavaProcessor(
        SiglipImageProcessor(size={"height": size, "width": size}),
        tokenizer,
        patch_size=14,
        vision_feature_select_strategy="full",
        num_additional_image_tokens=0,
        image_token="<image>",
        chat_template=QWEN_TEMPLATE,
    )
    ids = tokenizer.convert_tokens_to_ids
    config = LlavaConfig(
        vision_config=SiglipVisionConfig(
            hidden_size=36,
            intermediate_size=60,
            num_hidden_layers=2,
            num_attention_heads=3,
            image_size=size,
            patch_size=14,
            vision_use_head=False,
        ),
        text_config=Qwen2Config(
            vocab_size=padded(len(tokenizer)),
            hidden_size=48,
            intermediate_size=88,
            num_hidden_layers=3,
            num_attention_heads=6,
            num_key_value_heads=2,
            max_position_embeddings=512,
            rope_parameters={"rope_type": "default", "rope_theta": 1000000.0},
            use_sliding_window=False,
            tie_word_embeddings=True,
            eos_token_id=ids("<|shut|>"),
        ),
        image_token_index=ids("<image>"),
        vision_feature_layer=-1,
        vision_feature_select_strategy="full",
        tie_word_embeddings=True,
    )
    eos = [ids("<|shut|>"), ids("<|end|>")]
    return finish(config, processor, seed, 0.3, dict(eos_token_id=eos, pad_token_id=eos[1]))


def finish(config, processor, seed, embedding, generation):
    torch.manual_seed(0)
    config._attn_implementation = "eager"
    model = LlavaForConditionalGeneration(config).float().eval()
    randomize(model, seed, embedding)
    model.tie_weights()
    model.generation_config = GenerationConfig(**generation)
    return model, processor
