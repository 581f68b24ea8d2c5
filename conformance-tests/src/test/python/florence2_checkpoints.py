"""Builds tiny Florence-2 checkpoints with random weights and an own tokenizer, in both layouts."""

import json
import math

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import (
    BartConfig,
    CLIPImageProcessor,
    Florence2Config,
    Florence2ForConditionalGeneration,
    Florence2Processor,
    GenerationConfig,
    PreTrainedTokenizerFast,
)
from transformers.models.florence2 import Florence2VisionConfig

from llava_checkpoints import CORPUS, padded

SIDE = 64
TOKENS = 5
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
BASE = ["<s>", "<pad>", "</s>", "<unk>"]


def pairs(*names):
    return [token for name in names for token in (f"<{name}>", f"</{name}>")]


EXTRA = (
    pairs("od", "ocr")
    + [f"<loc_{i}>" for i in range(1000)]
    + pairs("cap", "ncap", "dcap", "grounding", "seg")
    + ["<sep>"]
    + pairs("region_cap", "region_to_desciption", "proposal", "poly")
    + ["<and>"]
)

GENERATION = dict(
    bos_token_id=0,
    eos_token_id=2,
    pad_token_id=1,
    decoder_start_token_id=2,
    forced_bos_token_id=0,
    forced_eos_token_id=2,
    no_repeat_ngram_size=3,
    num_beams=3,
    early_stopping=True,
)


def bart_tokenizer():
    """Merges over bytes, framed by start and end, the mask token last; no location tokens."""
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trained.train_from_iterator(
        CORPUS,
        trainers.BpeTrainer(
            vocab_size=360,
            special_tokens=BASE,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        ),
    )
    model = json.loads(trained.to_str())["model"]
    vocab = dict(model["vocab"])
    vocab["<mask>"] = len(vocab)
    tokenizer = Tokenizer(models.BPE(vocab, [tuple(pair) for pair in model["merges"]]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(t, normalized=True) for t in BASE])
    tokenizer.add_special_tokens([AddedToken("<mask>", normalized=True, lstrip=True)])
    tokenizer.post_processor = processors.RobertaProcessing(
        ("</s>", 2), ("<s>", 0), add_prefix_space=False
    )
    return tokenizer


def with_extra_tokens(tokenizer):
    tokenizer.add_special_tokens([AddedToken(t, normalized=False) for t in EXTRA])
    return tokenizer


def native_tokenizer():
    tokenizer = with_extra_tokens(bart_tokenizer())
    tokenizer.add_special_tokens([AddedToken("<image>", normalized=False)])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<s>",
        eos_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        mask_token=AddedToken("<mask>", lstrip=True, normalized=True, special=True),
        extra_special_tokens={"image_token": "<image>"},
        clean_up_tokenization_spaces=False,
    )


# Sharper attention over channels than this makes rounding errors visible in the logits.
GAINS = {"channel_attn.qkv": 0.6, "window_attn": 1.4, "_attn": 1.7}


def randomize(model, seed):
    """Gives every weight a value that bf16 and fp16 hold exactly, so that all three agree."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if parameter.dim() == 1:
                centre = 1.0 if "norm" in name and name.endswith("weight") else 0.0
                value = centre + 0.2 * noise
            elif "shared" in name or "embed_tokens" in name:
                value = noise * 0.5
            elif "embed" in name:
                value = noise * 0.3
            else:
                gain = next((g for part, g in GAINS.items() if part in name), 1.4)
                value = noise * (gain / math.sqrt(parameter[0].numel()))
            parameter.copy_(exact(value))
        table = model.model.multi_modal_projector.visual_temporal_embed.pos_idx_to_embed
        table.copy_(exact(table))


def exact(value):
    return value.half().float().bfloat16().float()


def native(seed=21):
    tokenizer = native_tokenizer()
    processor = Florence2Processor(
        CLIPImageProcessor(
            size={"height": SIDE, "width": SIDE},
            crop_size={"height": SIDE, "width": SIDE},
            do_center_crop=False,
            image_mean=MEAN,
            image_std=STD,
            image_seq_length=TOKENS,
        ),
        tokenizer,
    )
    config = Florence2Config(
        vision_config=Florence2VisionConfig(
            depths=(1, 1, 2, 1),
            embed_dim=(8, 16, 24, 32),
            num_heads=(1, 2, 3, 4),
            num_groups=(2, 4, 3, 2),
            window_size=3,
            projection_dim=40,
        ),
        text_config=BartConfig(
            vocab_size=padded(len(tokenizer)),
            d_model=40,
            encoder_layers=2,
            decoder_layers=2,
            encoder_attention_heads=4,
            decoder_attention_heads=5,
            encoder_ffn_dim=56,
            decoder_ffn_dim=64,
            max_position_embeddings=96,
            forced_bos_token_id=0,
        ),
        image_token_id=tokenizer.convert_tokens_to_ids("<image>"),
    )
    torch.manual_seed(0)
    config._attn_implementation = "eager"
    model = Florence2ForConditionalGeneration(config).float().eval()
    randomize(model, seed)
    model.tie_weights()
    model.generation_config = GenerationConfig(**GENERATION)
    return model, processor


# ---------------------------------------------------------------- the layout of the authors


MODULES = [
    ("conv1.", "conv1.fn.dw."),
    ("conv2.", "conv2.fn.dw."),
    ("norm2.", "ffn.norm."),
    ("ffn.", "ffn.fn.net."),
    ("window_attn.", "window_attn.fn."),
    ("channel_attn.", "channel_attn.fn."),
]
PROJECTOR = {
    "image_proj_norm.": "image_proj_norm.",
    "image_position_embed.": "image_pos_embed.",
    "visual_temporal_embed.": "visual_temporal_embed.",
}


def legacy_name(name):
    """Returns what the authors' files call a tensor."""
    if name.startswith("model.language_model."):
        return "language_model.model." + name.removeprefix("model.language_model.")
    if name.startswith("model.multi_modal_projector."):
        rest = name.removeprefix("model.multi_modal_projector.")
        if rest == "image_projection.weight":
            return "image_projection"
        return next(old + rest.removeprefix(new) for new, old in PROJECTOR.items() if rest.startswith(new))
    name = name.removeprefix("model.")
    if ".convs." in name:
        return name.replace(".conv.", ".proj.")
    for kind, attention in [("spatial_block.", "window_attn."), ("channel_block.", "channel_attn.")]:
        if kind in name:
            front, rest = name.split(kind)
            for new, old in MODULES + [("norm1.", attention + "norm.")]:
                if rest.startswith(new):
                    return front + kind + old + rest.removeprefix(new)
    raise ValueError(name)


def legacy_weights(weights, vocabulary, bias):
    """Returns the tensors of a native file under the names and in the form of the authors."""
    renamed = {}
    for name, value in weights.items():
        if name.endswith("image_projection.weight"):
            value = value.T.contiguous()
        if name.endswith("shared.weight"):
            value = value[:vocabulary].contiguous()
        renamed[legacy_name(name)] = value
    renamed["language_model.final_logits_bias"] = bias[None, :vocabulary].contiguous()
    return renamed


def legacy_config(config, vocabulary):
    vision, text = config.vision_config, config.text_config
    settings = {k: v for k, v in GENERATION.items()}
    return {
        "architectures": ["Florence2ForConditionalGeneration"],
        "bos_token_id": 0,
        "eos_token_id": 2,
        "ignore_index": -100,
        "model_type": "florence2",
        "pad_token_id": 1,
        "projection_dim": vision.projection_dim,
        "text_config": {
            "vocab_size": vocabulary,
            "activation_function": "gelu",
            "add_bias_logits": False,
            "add_final_layer_norm": False,
            "d_model": text.d_model,
            "decoder_attention_heads": text.decoder_attention_heads,
            "decoder_ffn_dim": text.decoder_ffn_dim,
            "decoder_layers": text.decoder_layers,
            "encoder_attention_heads": text.encoder_attention_heads,
            "encoder_ffn_dim": text.encoder_ffn_dim,
            "encoder_layers": text.encoder_layers,
            "is_encoder_decoder": True,
            "max_position_embeddings": text.max_position_embeddings,
            "normalize_before": False,
            "num_hidden_layers": text.encoder_layers,
            "scale_embedding": False,
            **settings,
        },
        "vision_config": {
            "model_type": "davit",
            "drop_path_rate": 0.1,
            "patch_size": [7, 3, 3, 3],
            "patch_stride": [4, 2, 2, 2],
            "patch_padding": [3, 1, 1, 1],
            "patch_prenorm": [False, True, True, True],
            "enable_checkpoint": False,
            "dim_embed": list(vision.embed_dim),
            "num_heads": list(vision.num_heads),
            "num_groups": list(vision.num_groups),
            "depths": list(vision.depths),
            "window_size": vision.window_size,
            "projection_dim": vision.projection_dim,
            "visual_temporal_embedding": {"type": "COSINE", "max_temporal_embeddings": 100},
            "image_pos_embed": {"type": "learned_abs_2d", "max_pos_embeddings": 50},
            "image_feature_source": ["spatial_avg_pool", "temporal_avg_pool"],
        },
        "vocab_size": vocabulary,
        "torch_dtype": "float16",
        "is_encoder_decoder": True,
    }


def legacy_preprocessor():
    size = {"height": SIDE, "width": SIDE}
    return {
        "do_convert_rgb": None,
        "do_normalize": True,
        "do_rescale": True,
        "do_resize": True,
        "do_center_crop": False,
        "image_processor_type": "CLIPImageProcessor",
        "image_seq_length": TOKENS,
        "image_mean": MEAN,
        "image_std": STD,
        "processor_class": "Florence2Processor",
        "resample": 3,
        "size": size,
        "crop_size": size,
    }
