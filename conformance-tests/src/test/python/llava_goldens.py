"""Writes tiny LLaVA checkpoints and what Hugging Face Transformers computes with them.

python llava_goldens.py ../../main/resources/dev/vlm4j/conformance/goldens/llava

Each checkpoint is a folder: `model` (files that go into the checkpoint's folder), `cases.txt` and
`tensors.f32` (little-endian floats that cases.txt points into). A variant names the checkpoint it is
made from; the test kit makes its folder at run time. A case is recorded only if no token of it is a
near-tie and if other pictures give another answer; its question is varied until that is so.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
import transformers
from PIL import Image
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from transformers import (
    AutoProcessor,
    LlavaForConditionalGeneration,
    LogitsProcessor,
    LogitsProcessorList,
)

import llava_checkpoints

NEW_TOKENS = 36
SMALLEST_MARGIN = 1e-2
NOISE_FACTOR = 100
BEAM_NOISE = 1e-3
BEAM_TRIALS = 6
TRIES = 40


# ---------------------------------------------------------------- pictures


def picture(kind, width, height):
    y, x = np.mgrid[0:height, 0:width].astype(np.int64)
    if kind == "waves":
        planes = [x * 5 + y, 255 - x * 2 - y * 3, (x * y) // 7]
    elif kind == "bars":
        planes = [(x // 7 % 2) * 220, (y // 5 % 3) * 100, ((x + y) // 11 % 2) * 255]
    elif kind == "disc":
        inside = (x * 2 - width) ** 2 + (y * 2 - height) ** 2 < (min(width, height) * 0.8) ** 2
        planes = [inside * 250, 40 + y * 2, np.where(inside, 30, 200)]
    else:
        state = (x * 374761393 + y * 668265263) % 2**32
        state = (state ^ (state >> 13)) * 1274126177 % 2**32
        planes = [state & 255, (state >> 8) & 255, (state >> 16) & 255]
    return np.stack(planes, -1).astype(np.int64) % 256


def write_pictures(folder):
    folder.mkdir(parents=True)
    for name, kind, width, height in [
        ("landscape", "waves", 97, 61),
        ("portrait", "bars", 45, 120),
        ("small", "disc", 17, 13),
        ("square", "grain", 48, 48),
        ("wide", "disc", 200, 30),
    ]:
        pixels = picture(kind, width, height).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"{name}.png", optimize=True)
    pixels = picture("disc", 60, 70)
    alpha = picture("waves", 60, 70)[..., :1]
    see_through = np.concatenate([pixels, alpha], -1).astype(np.uint8)
    Image.fromarray(see_through).save(folder / "transparent.png", optimize=True)
    gray = picture("waves", 43, 51)[..., 0].astype(np.uint8)
    Image.fromarray(gray).save(folder / "gray.png", optimize=True)


# ---------------------------------------------------------------- conversations


def user(*parts):
    return ("user", list(parts))


def assistant(text):
    return ("assistant", [text])


def system(text):
    return ("system", [text])


class Picture(str):
    """Name of a picture inside a message."""


LANDSCAPE, PORTRAIT, SMALL = Picture("landscape"), Picture("portrait"), Picture("small")
SQUARE, WIDE = Picture("square"), Picture("wide")
TRANSPARENT, GRAY = Picture("transparent"), Picture("gray")

SIMPLE = {
    "one_picture": [user(LANDSCAPE, "What is in picture {n}?")],
    "text_only": [user("How many words has line {n} of the song?")],
}

LLAVA_15 = {
    **SIMPLE,
    "portrait": [user(PORTRAIT, "Describe the {n} colours.")],
    "smaller_than_the_crop": [user(SMALL, "Is this dot {n} pixels wide?")],
    "wide_picture": [user(WIDE, "Where is the sun at {n} o'clock?")],
    "transparent_picture": [user(TRANSPARENT, "Is number {n} a window?")],
    "gray_picture": [user(GRAY, "Which of the {n} greys is darkest?")],
    "two_pictures": [user(SQUARE, PORTRAIT, "Compare both, in {n} words.")],
    "system_message": [system("You answer in {n} short sentences."), user(SQUARE, "What is this?")],
    "history": [
        user(SQUARE, "How many stripes?"),
        assistant("There are seven stripes."),
        user(WIDE, "And here, {n} metres further?"),
    ],
    "picture_in_an_earlier_turn": [
        user(PORTRAIT, "Look at the tower."),
        assistant("I see it."),
        user("How high is it, {n} or more?"),
    ],
    "prefill": [user(SQUARE, "Say what you see."), assistant("Picture {n} shows ")],
    "special_tokens_in_text": [
        user(LANDSCAPE, "Does <image> come before </s> or after <s>, {n} times?")
    ],
    "unknown_characters": [
        user(SMALL, "  Füße, 東京の塔, 🚲 and naïve\n\n{n}  spaces\tand a tab… ")
    ],
}

INTERLEAVE = {
    **SIMPLE,
    "three_pictures_between_texts": [
        user("First ", LANDSCAPE, "then ", PORTRAIT, " and ", SMALL, ": which of the {n} fits?")
    ],
    "system_message": [system("Use {n} words."), user(SQUARE, "What is this?")],
    "history": [
        user(SQUARE, "How many stripes?"),
        assistant("There are seven stripes."),
        user(WIDE, "And here, {n} metres further?"),
    ],
    "prefill": [user(TRANSPARENT, "Say what you see."), assistant("Picture {n} shows")],
    "special_tokens_in_text": [
        user(GRAY, "Why <|shut|>\n<|open|>system <image>, and <note>, {n} times?")
    ],
    "unknown_characters": [
        user(SMALL, "  Füße, 東京の塔, 🚲 and naïve\n\n{n}  spaces\tand a tab… ")
    ],
}


# Searches: a conversation and what generate() is called with.
BEAMS = {
    "three_beams": ("one_picture", dict(num_beams=3)),
    "three_beams_text_only": ("text_only", dict(num_beams=3, early_stopping=True)),
    "three_beams_in_a_long_talk": (
        "history",
        dict(num_beams=3, early_stopping="never", length_penalty=0.6),
    ),
    "three_beams_without_repeats": ("portrait", dict(num_beams=3, no_repeat_ngram_size=2)),
    "five_beams_two_pictures": ("two_pictures", dict(num_beams=5, length_penalty=2.0)),
}


def filled(conversation, number):
    return [
        (role, [p if isinstance(p, Picture) else p.replace("{n}", str(number)) for p in parts])
        for role, parts in conversation
    ]


def pictures_of(conversation):
    return [p for _, parts in conversation for p in parts if isinstance(p, Picture)]


# ---------------------------------------------------------------- the reference


class Reference:
    """A checkpoint folder as the reference library sees it."""

    def __init__(self, folder, pictures):
        self.pictures = pictures
        self.model = LlavaForConditionalGeneration.from_pretrained(
            folder, dtype=torch.float32, attn_implementation="eager"
        ).eval()
        self.exact = LlavaForConditionalGeneration.from_pretrained(
            folder, dtype=torch.float64, attn_implementation="eager"
        ).eval()
        self.processor = AutoProcessor.from_pretrained(folder)
        self.tokenizer = self.processor.tokenizer
        tree = json.loads(self.tokenizer.backend_tokenizer.to_str())
        self.special = sorted(
            (t["content"] for t in tree["added_tokens"] if t["special"]), key=len, reverse=True
        )
        self.plain = self.without_special(tree, None)
        self.later = self.without_special(tree, "never")

    @staticmethod
    def without_special(tree, scheme):
        tree = json.loads(json.dumps(tree))
        tree["added_tokens"] = [t for t in tree["added_tokens"] if not t["special"]]
        metaspace = tree["pre_tokenizer"] or {}
        if scheme and metaspace.get("prepend_scheme") == "first":
            metaspace["prepend_scheme"] = scheme
        return Tokenizer.from_str(json.dumps(tree))

    def messages(self, conversation, change=None):
        change = change or (lambda text: text)
        return [
            {
                "role": role,
                "content": [
                    {"type": "image", "path": str(self.pictures / f"{p}.png")}
                    if isinstance(p, Picture)
                    else {"type": "text", "text": change(p)}
                    for p in parts
                ],
            }
            for role, parts in conversation
        ]

    def rendered(self, conversation):
        """Returns the prompt as pieces (text, is the user's)."""
        texts = []

        def mark(text):
            texts.append(text)
            return f"\ue000{len(texts) - 1}\ue001"

        whole = self.apply(self.messages(conversation, mark), conversation, tokenize=False)
        pieces = []
        for i, part in enumerate(whole.split("\ue000")):
            if i > 0:
                index, part = part.split("\ue001")
                pieces.append((texts[int(index)], True))
            pieces.append((part, False))
        if conversation[-1][0] == "assistant" and not pieces[-1][0]:
            pieces.pop()
        tokens = self.tokens_per_picture()
        image = self.processor.image_token
        return [(t if own else t.replace(image, image * tokens), own) for t, own in pieces]

    def tokens_per_picture(self):
        dropped = 1 if self.processor.vision_feature_select_strategy == "default" else 0
        side = self.model.config.vision_config.image_size // self.processor.patch_size
        return side * side + self.processor.num_additional_image_tokens - dropped

    def apply(self, messages, conversation, **options):
        continues = conversation[-1][0] == "assistant"
        return self.processor.apply_chat_template(
            messages,
            add_generation_prompt=not continues,
            continue_final_message=continues,
            **options,
        )

    def ids(self, pieces):
        """Tokenizes so that nothing in a user's text is a special token."""
        ids = []
        pending = ""
        first = True

        def flush():
            nonlocal pending, first
            if pending:
                tokenizer = self.plain if first else self.later
                ids.extend(tokenizer.encode(pending, add_special_tokens=False).ids)
                first = False
            pending = ""

        for text, own in pieces:
            while text:
                found = None if own else next((s for s in self.special if text.startswith(s)), None)
                if found:
                    flush()
                    ids.append(self.tokenizer.convert_tokens_to_ids(found))
                    first = False
                    text = text[len(found) :]
                else:
                    pending += text[0]
                    text = text[1:]
        flush()
        framed = self.tokenizer("a").input_ids
        bare = self.tokenizer("a", add_special_tokens=False).input_ids
        return framed[: len(framed) - len(bare)] + ids

    def pixels(self, names):
        images = [Image.open(self.pictures / f"{n}.png").convert("RGB") for n in names]
        if not images:
            return None
        return self.processor.image_processor(images, return_tensors="pt")["pixel_values"]

    def generate(self, ids, pixels, **settings):
        inputs = {"input_ids": torch.tensor([ids])}
        inputs["attention_mask"] = torch.ones_like(inputs["input_ids"])
        if pixels is not None:
            inputs["pixel_values"] = pixels
        result = self.model.generate(
            **inputs,
            do_sample=False,
            max_new_tokens=NEW_TOKENS,
            return_dict_in_generate=True,
            output_scores=True,
            **settings,
        )
        return result.sequences[0, len(ids) :].tolist(), torch.cat(result.scores)

    def logits(self, model, ids, pixels):
        dtype = next(model.parameters()).dtype
        pixels = None if pixels is None else pixels.to(dtype)
        features = []
        hook = model.model.multi_modal_projector.register_forward_hook(
            lambda module, given, output: features.append(output)
        )
        with torch.no_grad():
            output = model(input_ids=torch.tensor([ids]), pixel_values=pixels)
        hook.remove()
        flat = [f.reshape(-1, f.shape[-1]) for f in features]
        return output.logits[0], (torch.cat(flat) if flat else None)


def loops(ids):
    if len(set(ids)) < 12:
        return True
    return any(ids[-9:-p] == ids[-9 + p :] for p in range(1, 5))


def record(reference, conversation, stops):
    """Returns what the reference computes, None if the case does not tell enough."""
    pieces = reference.rendered(conversation)
    ids = reference.ids(pieces)
    names = pictures_of(conversation)
    pixels = reference.pixels(names)
    new, scores = reference.generate(ids, pixels)
    if stops != (len(new) < NEW_TOKENS) or len(new) < 8 or (not stops and loops(new)):
        return None
    if reference.model.config.image_token_id in new:
        return None  # the check below reads the answer as a prompt
    best = scores.topk(2).values
    margin = (best[:, 0] - best[:, 1]).min().item()
    logits, features = reference.logits(reference.model, ids + new[:-1], pixels)
    exact, _ = reference.logits(reference.exact, ids + new[:-1], pixels)
    noise = (logits - exact).abs().max().item()
    if margin < max(SMALLEST_MARGIN, NOISE_FACTOR * noise):
        return None
    if pixels is not None and reference.generate(ids, -pixels.roll(5, -1))[0] == new:
        return None
    first, features = reference.logits(reference.model, ids, pixels)
    check_against_processor(reference, conversation, ids, pixels)
    return dict(
        conversation=conversation,
        prompt="".join(text for text, _ in pieces),
        prompt_ids=ids,
        pixels=pixels,
        features=features,
        logits=first[-1],
        ids=new,
        text=reference.tokenizer.decode(
            new, skip_special_tokens=True, clean_up_tokenization_spaces=False
        ),
        finish="stop" if stops else "length",
        image_tokens=reference.tokens_per_picture() * len(names),
        margin=margin,
        noise=noise,
    )


class Noise(LogitsProcessor):
    """Disturbs what a search decides by."""

    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)

    def __call__(self, input_ids, scores):
        return scores + BEAM_NOISE * torch.randn(scores.shape, generator=self.generator)


def record_beams(reference, conversation, settings, stops):
    """As record(), for searches: a case counts only if some noise leaves its answer as it is."""
    pieces = reference.rendered(conversation)
    ids = reference.ids(pieces)
    names = pictures_of(conversation)
    pixels = reference.pixels(names)
    new, _ = reference.generate(ids, pixels, **settings)
    greedy, _ = reference.generate(ids, pixels)
    if stops != (len(new) < NEW_TOKENS) or len(new) < 8 or new == greedy:
        return None
    for seed in range(BEAM_TRIALS):
        noisy = {**settings, "logits_processor": LogitsProcessorList([Noise(seed)])}
        if reference.generate(ids, pixels, **noisy)[0] != new:
            return None
    first, features = reference.logits(reference.model, ids, pixels)
    check_against_processor(reference, conversation, ids, pixels)
    return dict(
        conversation=conversation,
        prompt="".join(text for text, _ in pieces),
        prompt_ids=ids,
        pixels=pixels,
        features=features,
        logits=first[-1],
        ids=new,
        text=reference.tokenizer.decode(
            new, skip_special_tokens=True, clean_up_tokenization_spaces=False
        ),
        finish="stop" if stops else "length",
        image_tokens=reference.tokens_per_picture() * len(names),
        settings=settings,
    )


def check_against_processor(reference, conversation, ids, pixels):
    """The processor's own output must be the same unless a text contains special tokens."""
    given = reference.apply(
        reference.messages(conversation),
        conversation,
        tokenize=True,
        return_dict=True,
        return_tensors="pt",
    ) if not has_special(reference, conversation) else None
    if given is None:
        return
    assert given["input_ids"][0].tolist() == ids, (given["input_ids"][0].tolist(), ids)
    if pixels is not None:
        assert torch.equal(given["pixel_values"], pixels)


def has_special(reference, conversation):
    texts = [p for _, parts in conversation for p in parts if not isinstance(p, Picture)]
    return any(s in text for s in reference.special for text in texts)


# ---------------------------------------------------------------- files


def escaped(text):
    for plain, written in [("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")]:
        text = text.replace(plain, written)
    return text


class Golden:
    """The recorded part of one checkpoint folder."""

    def __init__(self, folder, header):
        self.folder = folder
        self.lines = [
            "# Written by llava_goldens.py with transformers "
            f"{transformers.__version__}, torch {torch.__version__.split('+')[0]}."
        ] + header
        self.data = bytearray()
        self.pixels = set()

    def tensor(self, kind, tensor):
        values = tensor.detach().to(torch.float32).contiguous().numpy().astype("<f4")
        sizes = ",".join(map(str, values.shape))
        self.lines.append(f"{kind} {sizes} {len(self.data) // 4}")
        self.data += values.tobytes()

    def case(self, name, found):
        names = pictures_of(found["conversation"])
        for index, picture_name in enumerate(names):
            if picture_name not in self.pixels:
                self.pixels.add(picture_name)
                self.tensor(f"pixels {picture_name}", found["pixels"][index])
        self.lines.append(f"case {name}")
        for role, parts in found["conversation"]:
            self.lines.append(f"message {role}")
            for part in parts:
                kind = "picture" if isinstance(part, Picture) else "text"
                self.lines.append(f"{kind} {escaped(part)}")
        self.lines.append(f"prompt {escaped(found['prompt'])}")
        self.lines.append("prompt_ids " + " ".join(map(str, found["prompt_ids"])))
        self.lines.append(f"image_tokens {found['image_tokens']}")
        self.lines.append("answer_ids " + " ".join(map(str, found["ids"])))
        self.lines.append(f"answer {escaped(found['text'])}")
        self.lines.append(f"finish {found['finish']}")
        self.lines.append(f"max_new_tokens {NEW_TOKENS}")
        for setting, value in found.get("settings", {}).items():
            self.lines.append(f"{setting} {str(value).lower()}")
        if found["features"] is not None:
            self.tensor("features", found["features"])
        self.tensor("logits", found["logits"])

    def write(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "cases.txt").write_text("\n".join(self.lines) + "\n", "utf-8")
        if self.data:
            (self.folder / "tensors.f32").write_bytes(self.data)


def search(golden, reference, cases, stops=False):
    for name, conversation in cases.items():
        for number in range(1, TRIES + 1):
            found = record(reference, filled(conversation, number), stops)
            if found:
                golden.case(name, found)
                print(f"  {name}: {number} margin {found['margin']:.3f} noise {found['noise']:.1e}")
                break
        else:
            raise SystemExit(f"no question makes {name} tell enough")


def search_beams(golden, reference, conversations, stops):
    for name, (conversation, settings) in BEAMS.items():
        if conversation not in conversations:
            continue
        for number in range(1, TRIES + 1):
            asked = filled(conversations[conversation], number)
            found = record_beams(reference, asked, settings, stops)
            if found:
                golden.case(name, found)
                print(f"  {name}: {number}, {len(found['ids'])} tokens")
                break
        else:
            raise SystemExit(f"no question makes {name} tell enough")


def write_json(path, tree):
    path.write_text(json.dumps(tree, indent=2, ensure_ascii=False) + "\n", "utf-8")


ABOUT = {
    "files-of-2024": "files, settings and keys of 2024, fp16",
    "middle-layout-bf16": "keys of Transformers 4.52, bf16",
    "shards": "three weight files with an index",
    "two-feature-layers": "two vision feature layers",
    "mistral-window": "Mistral decoder with a sliding window",
    "llama3-rope": "llama3 rope scaling",
    "linear-rope": "linear rope scaling",
    "biases": "biases in attention and MLP",
    "penalties": "repetition penalty, forbidden repeats",
    "eos-list": "several end-of-sequence tokens",
    "beams": "beam search",
    "beams-eos-list": "beam search, several end-of-sequence tokens",
    "metaspace-first": "Metaspace tokenizer",
    "old-layout-bf16": "keys of 2024, bf16, two weight files",
    "untied-by-file": "own output layer in the file, tied in config.json",
}
FAMILIES = {
    "llava-1.5": "LLaVA 1.5: ",
    "llava-interleave": "LLaVA interleave: ",
}


class Variant:
    """A checkpoint made from another one: changed files and added tensors."""

    def __init__(self, output, base, name):
        self.base = output / base / "model"
        self.folder = output / f"{base}-{name}"
        self.header = ["about " + FAMILIES[base] + ABOUT[name], f"base {base}"]
        self.tensors = {}

    def json(self, file, change):
        path = self.folder / "model" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        tree = json.loads((self.base / file).read_text("utf-8"))
        change(tree)
        write_json(path, tree)

    def add(self, key, *shape, gain):
        generator = torch.Generator().manual_seed(len(self.tensors) + 77)
        value = torch.randn(shape, generator=generator) * gain
        self.tensors[key] = value.half().float().bfloat16().float()

    def absent(self, file):
        self.header.append(f"absent {file}")

    def materialize(self, target):
        """What the test kit does at run time; rewrites of keys, types and shards excepted."""
        shutil.copytree(self.base, target, dirs_exist_ok=True)
        for line in self.header:
            if line.startswith("absent "):
                (target / line.split(" ")[1]).unlink()
        if self.tensors:
            (self.folder / "model").mkdir(parents=True, exist_ok=True)
            save_file(self.tensors, self.folder / "model" / "added.safetensors")
            weights = load_file(self.base / "model.safetensors")
            weights.update(self.tensors)
            save_file(weights, target / "model.safetensors", {"format": "pt"})
        if (self.folder / "model").exists():
            for file in (self.folder / "model").iterdir():
                if file.name != "added.safetensors":
                    shutil.copy(file, target / file.name)
        return target


# ---------------------------------------------------------------- what is written


def main_checkpoint(output, name, build, cases, about):
    print(name)
    model, processor = build()
    folder = output / name / "model"
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    reference = Reference(folder, output / "pictures")
    golden = Golden(output / name, ["about " + FAMILIES[name] + about])
    search(golden, reference, cases)
    golden.write()
    return reference


def recorded(output, variant, cases, stops=False):
    print(variant.folder.name)
    with tempfile.TemporaryDirectory() as target:
        reference = Reference(variant.materialize(Path(target)), output / "pictures")
        golden = Golden(variant.folder, variant.header)
        search(golden, reference, cases, stops)
        golden.write()


def recorded_beams(output, variant, conversations, stops=False):
    print(variant.folder.name)
    with tempfile.TemporaryDirectory() as target:
        reference = Reference(variant.materialize(Path(target)), output / "pictures")
        golden = Golden(variant.folder, variant.header)
        search_beams(golden, reference, conversations, stops)
        golden.write()


KEYS = {
    "old": [("vision_tower.", "vision_tower.vision_model.")],
    "middle": [
        ("language_model.model.", "model.language_model."),
        ("language_model.lm_head.", "lm_head."),
        ("vision_tower.", "model.vision_tower.vision_model."),
        ("multi_modal_projector.", "model.multi_modal_projector."),
    ],
}
TYPES = {"BF16": torch.bfloat16, "F16": torch.float16, "F32": torch.float32}


def rewritten(output, variant, layout, store, shards):
    """The cases are those of the base; asserts that the reference agrees."""
    print(variant.folder.name)
    with tempfile.TemporaryDirectory() as target:
        target = Path(target)
        variant.materialize(target)
        weights = load_file(variant.base / "model.safetensors")
        changed = {}
        for key, value in weights.items():
            for old, new in KEYS.get(layout, []):
                if key.startswith(old):
                    key = new + key[len(old) :]
                    break
            changed[key] = value.to(TYPES[store])
            assert torch.equal(changed[key].float(), value), key
        save_file(changed, target / "model.safetensors", {"format": "pt"})
        conversation = filled(SIMPLE["one_picture"], 1)
        answers = []
        for folder in [variant.base, target]:
            reference = Reference(folder, output / "pictures")
            ids = reference.ids(reference.rendered(conversation))
            pixels = reference.pixels(pictures_of(conversation))
            answers.append((ids, *reference.generate(ids, pixels)[:1], pixels.tolist()))
        assert answers[0] == answers[1], "the reference reads the rewritten checkpoint differently"
    base = variant.base.parent.name
    header = variant.header + [f"layout {layout}", f"store {store}", f"shards {shards}"]
    Golden(variant.folder, header + [f"cases {base}"]).write()


def as_of_2024(tree):
    """config.json as earlier releases wrote it: other names, most defaults left out."""
    text, vision = tree["text_config"], tree["vision_config"]
    tree["text_config"] = {
        key: text[key]
        for key in [
            "hidden_size",
            "intermediate_size",
            "num_hidden_layers",
            "num_attention_heads",
            "num_key_value_heads",
            "vocab_size",
            "rms_norm_eps",
        ]
    }
    tree["text_config"].update(
        model_type="llama", max_position_embeddings=512, rope_theta=10000.0, rope_scaling=None
    )
    tree["vision_config"] = {
        key: vision[key]
        for key in [
            "model_type",
            "hidden_size",
            "intermediate_size",
            "num_hidden_layers",
            "num_attention_heads",
            "image_size",
            "patch_size",
            "projection_dim",
        ]
    }
    tree["image_token_index"] = tree.pop("image_token_id", None) or tree["image_token_index"]
    for key in ["dtype", "image_seq_length", "multimodal_projector_bias", "tie_word_embeddings"]:
        tree.pop(key, None)
    tree.update(torch_dtype="float16", transformers_version="4.36.0", ignore_index=-100)


def old_files(variant):
    variant.json("config.json", as_of_2024)
    processor = json.loads((variant.base / "processor_config.json").read_text("utf-8"))
    images = processor.pop("image_processor")
    folder = variant.folder / "model"
    write_json(folder / "preprocessor_config.json", images)
    write_json(folder / "processor_config.json", processor)
    template = (variant.base / "chat_template.jinja").read_text("utf-8")
    write_json(folder / "chat_template.json", {"chat_template": template})
    variant.absent("chat_template.jinja")


def mistral(tree):
    text = tree["text_config"]
    for key in ["attention_bias", "mlp_bias", "pretraining_tp"]:
        text.pop(key, None)
    text.update(
        model_type="mistral", architectures=["MistralForCausalLM"], sliding_window=20, head_dim=16
    )


def rope(**parameters):
    return lambda tree: tree["text_config"].update(rope_parameters=parameters)


def metaspace(tree):
    tree["normalizer"] = None
    tree["pre_tokenizer"] = {
        "type": "Metaspace",
        "replacement": "▁",
        "prepend_scheme": "first",
        "split": False,
    }


def llava_15_variants(output):
    def variant(name):
        return Variant(output, "llava-1.5", name)

    files = variant("files-of-2024")
    old_files(files)
    rewritten(output, files, "old", "F16", 1)
    rewritten(output, variant("middle-layout-bf16"), "middle", "BF16", 1)
    rewritten(output, variant("shards"), "saved", "F32", 3)

    layers = variant("two-feature-layers")
    layers.json("config.json", lambda tree: tree.update(vision_feature_layer=[-2, 1]))
    layers.add("multi_modal_projector.linear_1.weight", 64, 64, gain=0.2)
    recorded(output, layers, SIMPLE)

    window = variant("mistral-window")
    window.json("config.json", mistral)
    recorded(output, window, {**SIMPLE, "history": LLAVA_15["history"]})

    llama3 = variant("llama3-rope")
    llama3.json(
        "config.json",
        rope(
            rope_type="llama3",
            rope_theta=500.0,
            factor=4.0,
            low_freq_factor=1.0,
            high_freq_factor=4.0,
            original_max_position_embeddings=64,
        ),
    )
    recorded(output, llama3, SIMPLE)
    linear = variant("linear-rope")
    linear.json("config.json", rope(rope_type="linear", rope_theta=10000.0, factor=2.5))
    recorded(output, linear, SIMPLE)

    biases = variant("biases")
    biases.json(
        "config.json",
        lambda tree: tree["text_config"].update(attention_bias=True, mlp_bias=True),
    )
    for layer in range(2):
        prefix = f"language_model.model.layers.{layer}."
        for name, size in [("q", 64), ("k", 32), ("v", 32), ("o", 64)]:
            biases.add(f"{prefix}self_attn.{name}_proj.bias", size, gain=0.3)
        for name, size in [("gate", 104), ("up", 104), ("down", 64)]:
            biases.add(f"{prefix}mlp.{name}_proj.bias", size, gain=0.3)
    recorded(output, biases, SIMPLE)

    penalties = variant("penalties")
    penalties.json(
        "generation_config.json",
        lambda tree: tree.update(repetition_penalty=1.3, no_repeat_ngram_size=2),
    )
    recorded(output, penalties, {**SIMPLE, "history": LLAVA_15["history"]})

    ends = variant("eos-list")
    several = [2] + list(range(300, 330, 5))
    ends.json("generation_config.json", lambda tree: tree.update(eos_token_id=several))
    recorded(output, ends, SIMPLE, stops=True)

    spaces = variant("metaspace-first")
    spaces.json("tokenizer.json", metaspace)
    names = ["history", "unknown_characters", "special_tokens_in_text"]
    recorded(output, spaces, {**SIMPLE, **{name: LLAVA_15[name] for name in names}})


def interleave_variants(output, vocabulary):
    def variant(name):
        return Variant(output, "llava-interleave", name)

    rewritten(output, variant("old-layout-bf16"), "old", "BF16", 2)
    untied = variant("untied-by-file")
    untied.add("language_model.lm_head.weight", vocabulary, 48, gain=0.5)
    recorded(output, untied, SIMPLE)


def beam_variants(output):
    recorded_beams(output, Variant(output, "llava-1.5", "beams"), LLAVA_15)
    ends = Variant(output, "llava-1.5", "beams-eos-list")
    several = [2] + list(range(300, 330, 5))
    ends.json("generation_config.json", lambda tree: tree.update(eos_token_id=several))
    short = {name: asked for name, asked in LLAVA_15.items() if name != "two_pictures"}
    recorded_beams(output, ends, short, stops=True)  # two pictures: a penalty for short answers
    recorded_beams(output, Variant(output, "llava-interleave", "beams"), INTERLEAVE)


def write_index(output):
    index = output / "index.txt"
    found = [p for p in output.rglob("*") if p.is_file() and p != index]
    files = sorted(str(p.relative_to(output)) for p in found)
    index.write_text("\n".join(files) + "\n", "utf-8")


def main():
    torch.set_num_threads(1)
    output = Path(sys.argv[1])
    shutil.rmtree(output, ignore_errors=True)
    write_pictures(output / "pictures")
    main_checkpoint(
        output,
        "llava-1.5",
        llava_checkpoints.llava15,
        LLAVA_15,
        "CLIP, Llama, as saved by Transformers 5",
    )
    llava_15_variants(output)
    qwen = main_checkpoint(
        output,
        "llava-interleave",
        llava_checkpoints.interleave,
        INTERLEAVE,
        "SigLIP, Qwen2, as saved by Transformers 5",
    )
    interleave_variants(output, qwen.model.config.text_config.vocab_size)
    beam_variants(output)
    write_index(output)


if __name__ == "__main__":
    main()
