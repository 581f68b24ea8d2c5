"""Writes tiny Florence-2 checkpoints and what Hugging Face Transformers computes with them.

python florence2_goldens.py ../../main/resources/dev/vlm4j/conformance/goldens/florence2

The files have the form that llava_goldens.py describes. The checkpoint in the authors' layout holds
the native one's weights under other names and a bias of the logits; what it should answer is computed
with the native model, whose encoder reads the same features and tokens. A case is recorded only if no
choice is a near-tie: a greedy token by its margin, a beam search by repeating it with other noise.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import torch
from PIL import Image
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from transformers import AutoProcessor, Florence2ForConditionalGeneration, LogitsProcessor

import florence2_checkpoints as checkpoints
from llava_goldens import Golden, Picture, escaped, picture, user, write_json

NEW_TOKENS = 36
SMALLEST_MARGIN = 3e-3
NOISE_FACTOR = 100
NOISE = 4e-4
TRIES = 60

PICTURES = {
    "landscape": ("waves", 97, 61),
    "portrait": ("bars", 45, 120),
    "small": ("disc", 17, 13),
    "square": ("grain", 48, 48),
    "wide": ("disc", 200, 30),
}
LANDSCAPE, PORTRAIT, SMALL = Picture("landscape"), Picture("portrait"), Picture("small")
SQUARE, WIDE = Picture("square"), Picture("wide")
ANY = [LANDSCAPE, PORTRAIT, SMALL, SQUARE, WIDE]

GREEDY = {"num_beams": 1}
BEAMS = {"num_beams": 3}

CASES = {
    "objects": (["<OD>"], GREEDY),
    "caption": (["<CAPTION>"], GREEDY),
    "phrases": ([LANDSCAPE, "<CAPTION_TO_PHRASE_GROUNDING> A red bird and {n} boats "], GREEDY),
    "expression": ([SMALL, "<REFERRING_EXPRESSION_SEGMENTATION>the {n} stripes"], GREEDY),
    "region": ([PORTRAIT, "<REGION_TO_CATEGORY><loc_{n}><loc_332><loc_9{n}><loc_774>"], GREEDY),
    "free_text": ([SQUARE, "What is in picture {n}?"], GREEDY),
    "place_in_free_text": ([WIDE, "How far is it from <loc_{n}> to<loc_999> ?"], GREEDY),
    "special_tokens_in_text": ([WIDE, "Say </s><s> or <image> {n} <poly> times, <loc_1000>"], GREEDY),
    "unknown_characters": ([SMALL, "  Füße, 東京の塔, 🚲\n\n{n}  spaces\tand a tab… "], GREEDY),
    "picture_after_text": (["Where is the sun at {n} o'clock?", LANDSCAPE], GREEDY),
    "picture_alone": ([PORTRAIT, ""], GREEDY),
    "text_only": (["How many words has line {n} of the song?"], GREEDY),
    "ocr_with_3_beams": (["<OCR_WITH_REGION>"], BEAMS),
    "detection_with_3_beams": ([SQUARE, "<OPEN_VOCABULARY_DETECTION>tower {n}"], BEAMS),
    "text_only_with_3_beams": (["Is line {n} the longest?"], BEAMS),
}
SIMPLE = {name: CASES[name] for name in ["objects", "phrases", "detection_with_3_beams"]}


def stopping(early, penalty, **more):
    name = f"3_beams_{early}_{penalty}".replace(".", "_").replace("-", "minus_")
    options = {"num_beams": 3, "early_stopping": early, "length_penalty": penalty, **more}
    return name, ([LANDSCAPE, "What is it, {n}?"], options)


ENDS = dict(
    [stopping(e, p) for e in (True, False, "never") for p in (1.0, 0.3, 2.0, -0.5)]
    + [("4_beams_repeats", stopping(False, 1.0, num_beams=4, no_repeat_ngram_size=0)[1])]
    + [("greedy", ([LANDSCAPE, "What is it, {n}?"], GREEDY))]
)


class Noise(LogitsProcessor):
    """Moves every score a little, to see whether a search has near-ties."""

    def __init__(self, seed):
        self.random = torch.Generator().manual_seed(seed)

    def __call__(self, ids, scores):
        return scores + NOISE * (2 * torch.rand(scores.shape, generator=self.random) - 1)


class Reference:
    """A native checkpoint folder as the reference library sees it."""

    placeholders = True

    def __init__(self, folder, pictures):
        self.pictures = pictures
        self.model = self.load(folder, torch.float32)
        self.exact = self.load(folder, torch.float64)
        self.processor = AutoProcessor.from_pretrained(folder)
        self.use(self.processor.tokenizer.backend_tokenizer)

    @staticmethod
    def load(folder, dtype):
        return Florence2ForConditionalGeneration.from_pretrained(
            folder, dtype=dtype, attn_implementation="eager"
        ).eval()

    def use(self, tokenizer):
        self.tokenizer = tokenizer
        tree = json.loads(tokenizer.to_str())
        self.special = sorted((t["content"] for t in tree["added_tokens"]), key=len, reverse=True)
        tree["added_tokens"] = []
        self.plain = Tokenizer.from_str(json.dumps(tree))

    def tokens(self):
        return self.processor.image_processor.image_seq_length

    def rendered(self, parts):
        """Returns the prompt as pieces (text, is the user's); places are never the user's."""
        text = "".join(p for p in parts if not isinstance(p, Picture))
        pieces = [(piece, i % 2 == 0) for i, piece in enumerate(self.split(self.prompt(text)))]
        if any(isinstance(p, Picture) for p in parts):
            image = "<image>" * self.tokens() if self.placeholders else ""
            pieces = [(image + "<s>", False)] + pieces + [("</s>", False)]
        return pieces

    def prompt(self, text):
        return self.processor._construct_prompts(text)[0]

    @staticmethod
    def split(text):
        pieces, start = [], 0
        while (at := text.find("<loc_", start)) >= 0:
            end = text.find(">", at) + 1
            place = text[at:end]
            if place in checkpoints.EXTRA:
                pieces += [text[:at], place]
                text, start = text[end:], 0
            else:
                start = at + 1
        return pieces + [text]

    def ids(self, pieces):
        """Tokenizes so that nothing in a user's text is a special token."""
        ids, pending = [], ""
        for text, own in pieces:
            while text:
                found = None if own else next((s for s in self.special if text.startswith(s)), None)
                if found:
                    ids += self.plain.encode(pending, add_special_tokens=False).ids
                    ids.append(self.tokenizer.token_to_id(found))
                    pending, text = "", text[len(found) :]
                else:
                    pending, text = pending + text[0], text[1:]
        return ids + self.plain.encode(pending, add_special_tokens=False).ids

    def pixels(self, parts):
        images = [
            Image.open(self.pictures / f"{p}.png").convert("RGB")
            for p in parts
            if isinstance(p, Picture)
        ]
        if not images:
            return None
        return self.processor.image_processor(images, return_tensors="pt")["pixel_values"]

    def read(self, ids, pixels):
        """Returns what the native model must be given for these ids."""
        inputs = {"input_ids": torch.tensor([ids])}
        inputs["attention_mask"] = torch.ones_like(inputs["input_ids"])
        if pixels is not None:
            inputs["pixel_values"] = pixels
        return inputs

    def generate(self, ids, pixels, options, noise=None, model=None):
        model = model or self.model
        inputs = self.read(ids, pixels)
        if pixels is not None:
            inputs["pixel_values"] = pixels.to(next(model.parameters()).dtype)
        result = model.generate(
            **inputs,
            do_sample=False,
            max_new_tokens=NEW_TOKENS,
            return_dict_in_generate=True,
            output_scores=True,
            logits_processor=[] if noise is None else [Noise(noise)],
            **options,
        )
        new = result.sequences[0, 1:].tolist()
        while new and new[-1] == 1:
            new.pop()
        return new, torch.cat(result.scores) if options["num_beams"] == 1 else None

    def logits(self, model, ids, pixels, new):
        dtype = next(model.parameters()).dtype
        features = []
        hook = model.model.multi_modal_projector.register_forward_hook(
            lambda module, given, output: features.append(output)
        )
        inputs = self.read(ids, None if pixels is None else pixels.to(dtype))
        with torch.no_grad():
            output = model(**inputs, decoder_input_ids=torch.tensor([[2] + new]))
        hook.remove()
        return output.logits[0], (features[0].reshape(-1, features[0].shape[-1]) if features else None)

    def ends(self):
        eos = self.model.generation_config.eos_token_id
        return eos if isinstance(eos, list) else [eos]

    def vocabulary(self):
        return self.model.config.text_config.vocab_size


class LegacyReference(Reference):
    """The authors' layout: features come first, the logits have a bias, texts are not stripped."""

    placeholders = False

    def __init__(self, folder, pictures, bias, vocabulary, sources=None):
        super().__init__(folder, pictures)
        self.use(checkpoints.with_extra_tokens(checkpoints.bart_tokenizer()))
        self.size = vocabulary
        for model in (self.model, self.exact):
            shift = torch.full_like(bias, float("-inf")).to(next(model.parameters()).dtype)
            shift[:vocabulary] = bias[:vocabulary]
            model.lm_head.register_forward_hook(lambda m, given, out, shift=shift: out + shift)
            if sources:
                project_from(model.model.multi_modal_projector, sources)
        if sources:
            self.processor.image_processor.image_seq_length = sum(
                1 if s == "spatial_avg_pool" else 4 for s in sources
            )

    def prompt(self, text):
        for token, prompt in self.processor.task_prompts_without_inputs.items():
            if text == token:
                return prompt
        for token, prompt in self.processor.task_prompts_with_input.items():
            if token in text:
                return prompt.format(input=text.replace(token, ""))
        return text

    def read(self, ids, pixels):
        front = [] if pixels is None else [self.model.config.image_token_id] * self.tokens()
        return super().read(front + ids, pixels)

    def vocabulary(self):
        return self.size


def project_from(projector, sources):
    """Replaces the features of a projector by others that the authors' code knows."""

    def forward(features):
        placed = features + projector.image_position_embed(features)
        placed = placed.flatten(2).transpose(1, 2)
        timed = (placed + projector.visual_temporal_embed(placed[:, :1])).unsqueeze(1)
        known = {
            "spatial_avg_pool": timed.mean(dim=2),
            "temporal_avg_pool": timed.mean(dim=1),
            "last_frame": timed[:, -1],
        }
        joined = torch.cat([known[source] for source in sources], dim=1)
        return projector.image_proj_norm(projector.image_projection(joined))

    projector.forward = forward


def record(reference, parts, options):
    """Returns what the reference computes, None if the case does not tell enough."""
    pieces = reference.rendered(parts)
    ids = reference.ids(pieces)
    pixels = reference.pixels(parts)
    new, scores = reference.generate(ids, pixels, options)
    if len(set(new)) < (4 if len(reference.ends()) > 1 else 10):
        return None
    if scores is None:
        again = [reference.generate(ids, pixels, options, noise=seed)[0] for seed in range(4)]
        again.append(reference.generate(ids, pixels, options, model=reference.exact)[0])
        if any(other != new for other in again):
            return None
        margin, noise = float("nan"), float("nan")
    else:
        best = scores.topk(2).values
        margin = (best[:, 0] - best[:, 1]).min().item()
        logits, _ = reference.logits(reference.model, ids, pixels, new[:-1])
        exact, _ = reference.logits(reference.exact, ids, pixels, new[:-1])
        noise = (logits - exact)[:, : reference.vocabulary()].abs().max().item()
        if margin < max(SMALLEST_MARGIN, NOISE_FACTOR * noise):
            return None
    if pixels is not None and reference.generate(ids, -pixels.roll(5, -1), options)[0] == new:
        return None
    logits, features = reference.logits(reference.model, ids, pixels, [])
    check_against_processor(reference, parts, ids, pixels)
    return dict(
        parts=parts,
        options=options,
        prompt="".join(text for text, _ in pieces),
        prompt_ids=ids,
        pixels=pixels,
        features=features,
        logits=logits[-1, : reference.vocabulary()],
        ids=new,
        text=reference.tokenizer.decode(new, skip_special_tokens=True),
        finish="stop" if new[-1] in reference.ends() else "length",
        image_tokens=0 if pixels is None else reference.tokens(),
        margin=margin,
        noise=noise,
    )


def check_against_processor(reference, parts, ids, pixels):
    """The processor's own output must be the same unless a text contains special tokens."""
    text = "".join(p for p in parts if not isinstance(p, Picture))
    known = [s for s in reference.special if s in text and not s.startswith("<loc_")]
    if known or not reference.placeholders:
        return
    images = [
        Image.open(reference.pictures / f"{p}.png").convert("RGB")
        for p in parts
        if isinstance(p, Picture)
    ]
    given = reference.processor(images=images or None, text=text, return_tensors="pt")
    assert given["input_ids"][0].tolist() == ids, (given["input_ids"][0].tolist(), ids)
    names = {"input_ids", "attention_mask"} | ({"pixel_values"} if images else set())
    assert set(given) == names, set(given)
    if images:
        assert torch.equal(given["pixel_values"], pixels)


class Florence2Golden(Golden):
    """The recorded part of one checkpoint folder."""

    def __init__(self, folder, header):
        super().__init__(folder, header)
        self.lines[0] = self.lines[0].replace("llava_goldens.py", "florence2_goldens.py")

    def case(self, name, found):
        names = [p for p in found["parts"] if isinstance(p, Picture)]
        for index, picture_name in enumerate(names):
            if picture_name not in self.pixels:
                self.pixels.add(picture_name)
                self.tensor(f"pixels {picture_name}", found["pixels"][index])
        self.lines += [f"case {name}", "message user"]
        for part in found["parts"]:
            kind = "picture" if isinstance(part, Picture) else "text"
            self.lines.append(f"{kind} {escaped(part)}")
        self.lines.append(f"prompt {escaped(found['prompt'])}")
        self.lines.append("prompt_ids " + " ".join(map(str, found["prompt_ids"])))
        self.lines.append(f"image_tokens {found['image_tokens']}")
        self.lines.append("answer_ids " + " ".join(map(str, found["ids"])))
        self.lines.append(f"answer {escaped(found['text'])}")
        self.lines.append(f"finish {found['finish']}")
        self.lines.append(f"max_new_tokens {NEW_TOKENS}")
        for option, value in found["options"].items():
            self.lines.append(f"{option} {str(value).lower()}")
        if found["features"] is not None:
            self.tensor("features", found["features"])
        self.tensor("logits", found["logits"])


def variations(parts):
    """Another number in the text, or another picture for a task that takes no text."""
    if any("{n}" in p for p in parts):
        for number in range(1, TRIES + 1):
            yield [p if isinstance(p, Picture) else p.replace("{n}", str(number)) for p in parts]
    elif any(isinstance(p, Picture) for p in parts):
        yield parts
        texts = [p for p in parts if not isinstance(p, Picture)]
        yield from ([p] + texts for p in ANY)
    else:
        yield from ([p] + parts for p in ANY)


def search(golden, reference, cases):
    for name, (parts, options) in cases.items():
        for filled in variations(parts):
            found = record(reference, filled, options)
            if found:
                golden.case(name, found)
                length = len(found["ids"])
                print(f"  {name}: {filled} {length} ids, margin {found['margin']:.3f}", flush=True)
                break
        else:
            raise SystemExit(f"no prompt makes {name} tell enough")


class Variant:
    """A checkpoint made from another one: changed files and added tensors."""

    def __init__(self, output, base, name, about):
        self.base = output / base / "model"
        self.folder = output / f"{base}-{name}"
        self.header = [f"about {about}", f"base {base}"]
        self.tensors = {}

    def json(self, file, change):
        tree = json.loads((self.base / file).read_text("utf-8"))
        change(tree)
        self.write(file, tree)

    def write(self, file, tree):
        path = self.folder / "model" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        write_json(path, tree)

    def add(self, key, *shape, gain):
        generator = torch.Generator().manual_seed(len(self.tensors) + 77)
        self.tensors[key] = checkpoints.exact(torch.randn(shape, generator=generator) * gain)

    def materialize(self, target):
        """What the test kit does at run time; rewrites of types and shards excepted."""
        shutil.copytree(self.base, target, dirs_exist_ok=True)
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


def recorded(output, variant, cases):
    print(variant.folder.name)
    with tempfile.TemporaryDirectory() as target:
        reference = Reference(variant.materialize(Path(target)), output / "pictures")
        golden = Florence2Golden(variant.folder, variant.header)
        search(golden, reference, cases)
        golden.write()


NATIVE = "florence-2"
LEGACY = "florence-2-legacy"


def native(output):
    print(NATIVE)
    model, processor = checkpoints.native()
    folder = output / NATIVE / "model"
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    golden = Florence2Golden(
        output / NATIVE, ["about Florence-2: DaViT, BART, as saved by Transformers 5"]
    )
    search(golden, Reference(folder, output / "pictures"), CASES)
    golden.write()


def native_variants(output):
    def variant(name, about):
        return Variant(output, NATIVE, name, "Florence-2: " + about)

    ends = variant("ends", "several end-of-sequence tokens, beams that stop early or late")
    several = [2] + list(range(300, 1380, 12))
    ends.json("generation_config.json", lambda tree: tree.update(eos_token_id=several))
    recorded(output, ends, ENDS)

    flat = variant("not-square", "pictures that are not square")

    def wide(tree):
        for size in ("size", "crop_size"):
            tree["image_processor"][size] = {"height": 64, "width": 96}
        tree["image_processor"]["image_seq_length"] = 7

    flat.json("processor_config.json", wide)
    recorded(output, flat, SIMPLE)

    sparse = variant("sparse", "files that rely on the classes' defaults")
    silent = ["in_channels", "patch_size", "patch_stride", "patch_padding", "patch_prenorm"]
    silent += ["mlp_ratio", "qkv_bias", "activation_function", "max_temporal_embeddings"]
    silent += ["max_position_embeddings", "model_type", "initializer_range", "drop_path_rate"]

    def cut(tree):
        for key in silent:
            del tree["vision_config"][key]
        for key in ["activation_function", "scale_embedding", "tie_word_embeddings", "model_type"]:
            del tree["text_config"][key]
        del tree["tie_word_embeddings"]

    sparse.json("config.json", cut)
    sparse.json(
        "generation_config.json", lambda tree: [tree.pop(k) for k in list(tree) if "forced" in k]
    )
    recorded(output, sparse, SIMPLE)

    scaled = variant("scaled-untied", "scaled embedding, own output layer in the file")
    scaled.json("config.json", lambda tree: tree["text_config"].update(scale_embedding=True))
    scaled.add("lm_head.weight", 1392, 40, gain=0.5)
    recorded(output, scaled, SIMPLE)

    rewritten = variant("bf16-shards", "bf16, two weight files with an index")
    rewritten.folder.mkdir(parents=True)
    lines = rewritten.header + ["store BF16", "shards 2", f"cases {NATIVE}"]
    (rewritten.folder / "cases.txt").write_text("\n".join(lines) + "\n", "utf-8")


def legacy(output):
    print(LEGACY)
    base = output / NATIVE / "model"
    vocabulary = len(checkpoints.with_extra_tokens(checkpoints.bart_tokenizer()).get_vocab())
    weights = load_file(base / "model.safetensors")
    random = torch.Generator().manual_seed(5)
    bias = checkpoints.exact(torch.randn(1392, generator=random) * 0.4)
    folder = output / LEGACY / "model"
    folder.mkdir(parents=True)
    reference = LegacyReference(base, output / "pictures", bias, vocabulary)
    renamed = checkpoints.legacy_weights(weights, vocabulary, bias)
    save_file(renamed, folder / "model.safetensors", {"format": "pt"})
    config = checkpoints.legacy_config(reference.model.config, vocabulary)
    write_json(folder / "config.json", config)
    write_json(folder / "preprocessor_config.json", checkpoints.legacy_preprocessor())
    write_json(folder / "tokenizer_config.json", {"model_max_length": 1024})
    write_json(folder / "generation_config.json", {"num_beams": 3, "early_stopping": False})
    checkpoints.bart_tokenizer().save(str(folder / "tokenizer.json"))
    golden = Florence2Golden(output / LEGACY, ["about Florence-2: the layout of its authors"])
    cases = {k: v for k, v in CASES.items() if not k.startswith("text_only")}
    search(golden, reference, cases)
    golden.write()
    legacy_variants(output, base, bias, vocabulary)


def legacy_variants(output, base, bias, vocabulary):
    about = "Florence-2: the layout of its authors, a saved tokenizer with all tokens, fp16"
    saved = Variant(output, LEGACY, "saved-tokens", about)
    (saved.folder / "model").mkdir(parents=True)
    tokenizer = checkpoints.with_extra_tokens(checkpoints.bart_tokenizer())
    tokenizer.save(str(saved.folder / "model" / "tokenizer.json"))
    lines = saved.header + ["store F16", f"cases {LEGACY}"]
    (saved.folder / "cases.txt").write_text("\n".join(lines) + "\n", "utf-8")

    sources = ["last_frame", "spatial_avg_pool"]
    about = "Florence-2: the layout of its authors, other features"
    other = Variant(output, LEGACY, "last-frame", about)
    other.json("config.json", lambda tree: tree["vision_config"].update(image_feature_source=sources))
    print(other.folder.name)
    reference = LegacyReference(base, output / "pictures", bias, vocabulary, sources)
    golden = Florence2Golden(other.folder, other.header)
    search(golden, reference, SIMPLE)
    golden.write()


def main():
    torch.set_num_threads(1)
    output = Path(sys.argv[1])
    shutil.rmtree(output, ignore_errors=True)
    (output / "pictures").mkdir(parents=True)
    for name, (kind, width, height) in PICTURES.items():
        pixels = picture(kind, width, height).astype("uint8")
        Image.fromarray(pixels).save(output / "pictures" / f"{name}.png", optimize=True)
    native(output)
    native_variants(output)
    legacy(output)
    files = sorted(str(p.relative_to(output)) for p in output.rglob("*") if p.is_file())
    (output / "index.txt").write_text("\n".join(files) + "\n", "utf-8")


if __name__ == "__main__":
    main()
