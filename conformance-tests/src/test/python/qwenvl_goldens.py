"""Writes tiny Qwen-VL checkpoints and what Hugging Face Transformers computes with them.

python qwenvl_goldens.py ../../main/resources/dev/vlm4j/conformance/goldens/qwenvl

The layout of the files is that of llava_goldens.py. A picture may have settings after its name; it
is then resized by qwen-vl-utils before the processor sees it.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import torch
from PIL import Image
from qwen_vl_utils.vision_process import fetch_image
from safetensors.torch import load_file, save_file
from transformers import AutoModelForImageTextToText, AutoProcessor

import llava_goldens
import qwenvl_checkpoints
from llava_goldens import (
    GRAY,
    LANDSCAPE,
    NEW_TOKENS,
    NOISE_FACTOR,
    PORTRAIT,
    SMALL,
    SMALLEST_MARGIN,
    SQUARE,
    TRANSPARENT,
    WIDE,
    Golden,
    Picture,
    Reference,
    Variant,
    assistant,
    escaped,
    filled,
    has_special,
    loops,
    pictures_of,
    system,
    user,
)

llava_goldens.FAMILIES.update(
    {"qwen2-vl": "Qwen2-VL: ", "qwen2.5-vl": "Qwen2.5-VL: ", "qwen3-vl": "Qwen3-VL: "}
)
llava_goldens.ABOUT.update(
    {
        "beams": "three beams",
        "flat": "flat config and keys of 2024",
        "flat-bf16": "flat config and keys of 2024, bf16, two weight files",
    }
)

TRIES = 150

SIMPLE = {
    "one_picture": [user(LANDSCAPE, "What is in picture {n}?")],
    "text_only": [user("How many words has line {n} of the song?")],
}
CASES = {
    **SIMPLE,
    "portrait": [user(PORTRAIT, "Describe the {n} colours.")],
    "smaller_than_two_patches": [user(SMALL, "Is this dot {n} pixels wide?")],
    "wide_picture": [user(WIDE, "Where is the sun at {n} o'clock?")],
    "transparent_picture": [user(TRANSPARENT, "Is number {n} a window?")],
    "three_pictures_between_texts": [
        user("First ", LANDSCAPE, "then ", PORTRAIT, " and ", SMALL, ": which of the {n} fits?")
    ],
    "two_pictures": [user(SQUARE, WIDE, "Compare both, in {n} words.")],
    "system_message": [system("Use {n} words."), user(SQUARE, "What is this?")],
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
    "prefill": [user(GRAY, "Say what you see."), assistant("Picture {n} shows")],
    "special_tokens_in_text": [
        user(GRAY, "Why <|shut|>\n<|open|>system <|image_pad|>, {n} times?")
    ],
    "own_bounds_of_a_picture": [
        user(Picture("landscape min_pixels=300 max_pixels=900"), SQUARE, "Which is {n} times larger?")
    ],
    "own_size_of_a_picture": [
        user(Picture("portrait resized_height=28 resized_width=36"), "What is in picture {n}?")
    ],
}
BEAMS = {
    "one_picture": CASES["one_picture"],
    "history": CASES["history"],
    "text_only": CASES["text_only"],
}


class QwenReference(Reference):
    """A checkpoint folder as the reference library sees it."""

    def __init__(self, folder, pictures):
        self.pictures = pictures
        self.model, self.exact = (
            AutoModelForImageTextToText.from_pretrained(
                folder, dtype=dtype, attn_implementation="eager"
            ).eval()
            for dtype in (torch.float32, torch.float64)
        )
        self.processor = AutoProcessor.from_pretrained(folder)
        self.tokenizer = self.processor.tokenizer
        tree = json.loads(self.tokenizer.backend_tokenizer.to_str())
        self.special = sorted(
            (t["content"] for t in tree["added_tokens"] if t["special"]), key=len, reverse=True
        )
        self.plain = self.later = self.without_special(tree, None)

    def messages(self, conversation, change=None):
        messages = super().messages(conversation, change)
        for message in messages:
            for part in message["content"]:
                if part["type"] == "image":
                    part["path"] = part["path"].split(" ")[0].removesuffix(".png") + ".png"
        return messages

    def image(self, name):
        name, *settings = name.split(" ")
        image = Image.open(self.pictures / f"{name}.png").convert("RGB")
        if settings:
            pairs = {key: int(value) for key, value in (s.split("=") for s in settings)}
            patch = self.processor.image_processor.patch_size
            image = fetch_image({"image": image, **pairs}, image_patch_size=patch)
        return image

    def images(self, names):
        if not names:
            return None
        images = [self.image(name) for name in names]
        return dict(self.processor.image_processor(images, return_tensors="pt"))

    def prompt(self, conversation, images):
        pieces = super().rendered(conversation)
        counts = iter([] if images is None else (images["image_grid_thw"].prod(-1) // 4).tolist())
        image = self.processor.image_token
        expanded = []
        for text, own in pieces:
            if not own:
                parts = text.split(image)
                text = parts[0] + "".join(image * next(counts) + part for part in parts[1:])
            expanded.append((text, own))
        assert next(counts, None) is None
        return expanded

    def tokens_per_picture(self):
        return 1

    def inputs(self, ids, images):
        inputs = {"input_ids": torch.tensor([ids])}
        inputs["attention_mask"] = torch.ones_like(inputs["input_ids"])
        is_image = inputs["input_ids"] == self.model.config.image_token_id
        inputs["mm_token_type_ids"] = is_image.long()
        return inputs | (images or {})

    def answer(self, model, ids, images, **options):
        inputs = self.inputs(ids, images)
        if images is not None:
            inputs["pixel_values"] = inputs["pixel_values"].to(next(model.parameters()).dtype)
        result = model.generate(
            **inputs,
            do_sample=False,
            max_new_tokens=NEW_TOKENS,
            return_dict_in_generate=True,
            output_scores=True,
            **options,
        )
        return result.sequences[:, len(ids) :].tolist(), result

    def logits(self, model, ids, images):
        inputs = self.inputs(ids, images)
        results = {}

        def keep(module, given, output):
            results["image_features"] = output.pooler_output
            for i, layer in enumerate(getattr(output, "deepstack_features", None) or []):
                results[f"layer_features_{i}"] = layer

        hook = model.model.visual.register_forward_hook(keep)
        if images is not None:
            inputs["pixel_values"] = inputs["pixel_values"].to(next(model.parameters()).dtype)
        with torch.no_grad():
            # Positions are those of a prompt: earlier requests must not leave theirs behind.
            model.model.rope_deltas = None
            output = model(**inputs)
        hook.remove()
        kept = {
            name: torch.cat(value) if isinstance(value, (list, tuple)) else value
            for name, value in results.items()
        }
        return output.logits[0], kept


def other(images):
    return {**images, "pixel_values": -images["pixel_values"].roll(5, -1)}


def record(reference, conversation, beams):
    """Returns what the reference computes, None if the case does not tell enough."""
    names = pictures_of(conversation)
    images = reference.images(names)
    pieces = reference.prompt(conversation, images)
    ids = reference.ids(pieces)
    margin = clear_beams(reference, ids, images) if beams else clear_greedy(reference, ids, images)
    if margin is None:
        return None
    options = {"num_beams": 3} if beams else {}
    new = reference.answer(reference.model, ids, images, **options)[0][0]
    if len(new) < NEW_TOKENS or loops(new):
        return None
    if images is not None and reference.answer(
        reference.model, ids, other(images), **options
    )[0][0] == new:
        return None
    first, results = reference.logits(reference.model, ids, images)
    check_against_processor(reference, conversation, ids, images)
    types = [int(i == reference.model.config.image_token_id) for i in ids]
    integers = {"mm_token_type_ids": types}
    pixels = []
    if images is not None:
        integers["image_grid_thw"] = images["image_grid_thw"].flatten().tolist()
        counts = images["image_grid_thw"].prod(-1).tolist()
        pixels = images["pixel_values"].split(counts)
    return dict(
        conversation=conversation,
        prompt="".join(text for text, _ in pieces),
        prompt_ids=ids,
        pixels=pixels,
        features=None,
        results=results,
        integers=integers,
        num_beams=3 if beams else 1,
        logits=first[-1],
        ids=new,
        text=reference.tokenizer.decode(
            new, skip_special_tokens=True, clean_up_tokenization_spaces=False
        ),
        finish="length",
        image_tokens=sum(types),
        margin=margin,
    )


def clear_greedy(reference, ids, images):
    """Returns by how much every token wins; None if that is not much more than the noise."""
    rows, result = reference.answer(reference.model, ids, images)
    new = rows[0]
    if reference.model.config.image_token_id in new:
        return None  # the check below reads the answer as a prompt
    best = torch.cat(result.scores).topk(2).values
    margin = (best[:, 0] - best[:, 1]).min().item()
    logits, _ = reference.logits(reference.model, ids + new[:-1], images)
    exact, _ = reference.logits(reference.exact, ids + new[:-1], images)
    noise = (logits - exact).abs().max().item()
    return margin if margin >= max(SMALLEST_MARGIN, NOISE_FACTOR * noise) else None


def clear_beams(reference, ids, images):
    """Returns by how much the best beam wins; None if doubles give others, or that is too little."""
    options = {"num_beams": 3, "num_return_sequences": 3}
    rows, result = reference.answer(reference.model, ids, images, **options)
    exact, _ = reference.answer(reference.exact, ids, images, **options)
    gaps = result.sequences_scores[:-1] - result.sequences_scores[1:]
    margin = gaps.min().item()
    greedy = reference.answer(reference.model, ids, images)[0][0]
    return margin if rows == exact and margin > 1e-3 and rows[0] != greedy else None


def check_against_processor(reference, conversation, ids, images):
    """The processor's own output must be the same unless something in it is ours on purpose."""
    if has_special(reference, conversation) or any(" " in p for p in pictures_of(conversation)):
        return
    given = reference.apply(
        reference.messages(conversation),
        conversation,
        tokenize=True,
        return_dict=True,
        return_tensors="pt",
    )
    assert given["input_ids"][0].tolist() == ids, (given["input_ids"][0].tolist(), ids)
    for name, value in reference.inputs(ids, images).items():
        assert torch.equal(given[name], value), name


class QwenGolden(Golden):
    """The recorded part of one checkpoint folder."""

    def case(self, name, found):
        self.lines[0] = self.lines[0].replace("llava_goldens", "qwenvl_goldens")
        super().case(name, found)
        if found["num_beams"] > 1:
            self.lines.append(f"num_beams {found['num_beams']}")
        for kind, values in found["integers"].items():
            self.lines.append(f"integers {kind} " + " ".join(map(str, values)))
        for kind, tensor in found["results"].items():
            self.tensor(f"result {kind}", tensor)


def search(golden, reference, cases, beams=False):
    for name, conversation in cases.items():
        for number in range(1, TRIES + 1):
            found = record(reference, filled(conversation, number), beams)
            if found:
                golden.case(name, found)
                print(f"  {name}: {number} margin {found['margin']:.3f}", flush=True)
                break
        else:
            raise SystemExit(f"no question makes {name} tell enough")


def main_checkpoint(output, name, build, about):
    print(name)
    model, processor = build()
    folder = output / name / "model"
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    reference = QwenReference(folder, output / "pictures")
    golden = QwenGolden(output / name, ["about " + llava_goldens.FAMILIES[name] + about])
    search(golden, reference, CASES)
    golden.write()
    beams = Variant(output, name, "beams")
    golden = QwenGolden(beams.folder, beams.header)
    search(golden, reference, BEAMS, beams=True)
    golden.write()


FLAT = [("model.language_model.", "model."), ("model.visual.", "visual.")]
TYPES = {"BF16": torch.bfloat16, "F32": torch.float32}


def flattened(tree):
    """config.json as it was in 2024: text settings at top level, most defaults left out."""
    text = tree.pop("text_config")
    rope = text["rope_parameters"]
    for key in [
        "vocab_size",
        "hidden_size",
        "intermediate_size",
        "num_hidden_layers",
        "num_attention_heads",
        "num_key_value_heads",
        "max_position_embeddings",
        "rms_norm_eps",
        "eos_token_id",
    ]:
        tree[key] = text[key]
    tree["rope_theta"] = rope["rope_theta"]
    tree["rope_scaling"] = {"type": "mrope", "mrope_section": rope["mrope_section"]}
    vision = tree["vision_config"]
    for key in ["rope_parameters", "dtype", "initializer_range", "in_channels", "model_type"]:
        vision.pop(key, None)
    vision.update(in_chans=3, spatial_patch_size=vision["patch_size"])
    tree.pop("dtype", None)
    tree.update(torch_dtype="bfloat16", transformers_version="4.41.2", use_sliding_window=False)


def as_of_2024(variant):
    variant.json("config.json", flattened)
    processor = json.loads((variant.base / "processor_config.json").read_text("utf-8"))
    images = processor["image_processor"]
    size = images.pop("size")
    images.update(min_pixels=size["shortest_edge"], max_pixels=size["longest_edge"])
    kept = ["min_pixels", "max_pixels", "patch_size", "temporal_patch_size", "merge_size"]
    images = {k: v for k, v in images.items() if k in kept + ["image_mean", "image_std"]}
    images["image_processor_type"] = "Qwen2VLImageProcessor"
    images["processor_class"] = processor["processor_class"]
    folder = variant.folder / "model"
    llava_goldens.write_json(folder / "preprocessor_config.json", images)
    template = (variant.base / "chat_template.jinja").read_text("utf-8")
    llava_goldens.write_json(folder / "chat_template.json", {"chat_template": template})
    variant.absent("chat_template.jinja")
    variant.absent("processor_config.json")


def rewritten(output, variant, store, shards):
    """The cases are those of the base; asserts that the reference agrees."""
    print(variant.folder.name)
    with tempfile.TemporaryDirectory() as target:
        target = Path(target)
        variant.materialize(target)
        changed = {}
        for key, value in load_file(variant.base / "model.safetensors").items():
            for new, old in FLAT:
                if key.startswith(new):
                    key = old + key[len(new) :]
                    break
            changed[key] = value.to(TYPES[store])
        save_file(changed, target / "model.safetensors", {"format": "pt"})
        conversation = filled(CASES["three_pictures_between_texts"], 1)
        answers = []
        for folder in [variant.base, target]:
            reference = QwenReference(folder, output / "pictures")
            images = reference.images(pictures_of(conversation))
            ids = reference.ids(reference.prompt(conversation, images))
            answers.append((ids, reference.answer(reference.model, ids, images)[0]))
        assert answers[0] == answers[1], "the reference reads the rewritten checkpoint differently"
    header = variant.header + ["layout flat", f"store {store}", f"shards {shards}"]
    QwenGolden(variant.folder, header + [f"cases {variant.base.parent.name}"]).write()


def main():
    torch.set_num_threads(1)
    output = Path(sys.argv[1])
    shutil.rmtree(output, ignore_errors=True)
    llava_goldens.write_pictures(output / "pictures")
    saved = "as saved by Transformers 5"
    main_checkpoint(output, "qwen2-vl", qwenvl_checkpoints.qwen2_vl, f"tied, {saved}")
    flat = Variant(output, "qwen2-vl", "flat")
    as_of_2024(flat)
    rewritten(output, flat, "F32", 1)
    main_checkpoint(output, "qwen2.5-vl", qwenvl_checkpoints.qwen2_5_vl, f"windows, {saved}")
    flat = Variant(output, "qwen2.5-vl", "flat-bf16")
    as_of_2024(flat)
    rewritten(output, flat, "BF16", 2)
    main_checkpoint(output, "qwen3-vl", qwenvl_checkpoints.qwen3_vl, f"deepstack, {saved}")
    files = sorted(str(p.relative_to(output)) for p in output.rglob("*") if p.is_file())
    (output / "index.txt").write_text("\n".join(files) + "\n", "utf-8")


if __name__ == "__main__":
    main()
