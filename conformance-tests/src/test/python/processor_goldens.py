"""Records what the processors of Hugging Face Transformers give for real settings.

python processor_goldens.py HUB_METADATA PICTURES ../resources/dev/vlm4j/conformance/processors [NAME...]

HUB_METADATA holds settings and tokenizers of checkpoints, PICTURES real pictures; neither is part of the repository.
Written is one file per checkpoint of processor_checkpoints.py (or of those named): how its folder is put together, and per
case the conversation, the text, the ids, and of each tensor the shape, the SHA-256 of its little-endian bytes and some
elements. Runs of equal ids and of equal tokens in the text are written once, with their number.

With --random N before HUB_METADATA, every checkpoint gets N pictures of random sizes instead of its cases.

Tokenizers are tokenizer.json as it stands: the classes of Transformers 5 change some of them.
"""

import copy
import gzip
import hashlib
import json
import random
import re
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

import torch
import transformers
from qwen_vl_utils.vision_process import fetch_image
from transformers import AutoImageProcessor, AutoVideoProcessor, PreTrainedTokenizerFast

import tiles_and_queries_checkpoints
from processor_checkpoints import CHECKPOINTS, FILES
from processor_pictures import picture

SAMPLES = 16
RUN = 4
TOKEN_RUN = re.compile(r"(<[^<>]+>)\1{%d,}" % (RUN - 1))
TYPES = {torch.float32: "F32", torch.int64: "I64"}
# Bytes that are neither rescaled nor normalised: models convert them to what they compute in.
NUMBERS = {torch.uint8: torch.float32}


class RecordingTokenizer(PreTrainedTokenizerFast):
    """Keeps the text that a processor gives it last."""

    def __call__(self, text=None, **options):
        self.last_text = text if isinstance(text, str) else text[0]
        return super().__call__(text, **options)


class Reference:
    """A checkpoint as the processor class of its settings sees it."""

    def __init__(self, folder, checkpoint):
        self.tokenizer = RecordingTokenizer.from_pretrained(folder)
        kind = getattr(transformers, checkpoint["processor"])
        settings, _ = kind.get_processor_dict(folder)
        settings = {k: v for k, v in settings.items() if k not in ("image_processor", "video_processor")}
        parts = [AutoImageProcessor.from_pretrained(folder, backend=checkpoint.get("image_backend")), self.tokenizer]
        if "video_processor" in kind.get_attributes():
            parts.append(AutoVideoProcessor.from_pretrained(folder))
        template = settings.pop("chat_template", None) or self.tokenizer.chat_template
        self.processor = kind.from_args_and_dict(parts, settings)
        self.processor.chat_template = template

    def inputs(self, messages, pictures, options):
        """Returns the text and the tensors."""
        prompt = self.processor.apply_chat_template(
            messages,
            add_generation_prompt=messages[-1]["role"] != "assistant",
            continue_final_message=messages[-1]["role"] == "assistant",
        )
        bos = self.tokenizer.bos_token
        framed = not (bos and prompt.startswith(bos))
        tensors = self.processor(
            images=pictures or None,
            text=prompt,
            add_special_tokens=framed,
            return_tensors="pt",
            **options,
        )
        return self.tokenizer.last_text, tensors

    def fetched(self, image, settings):
        """What the library for messages of Qwen-VL does with a picture that has settings of its own."""
        patch = self.processor.image_processor.patch_size
        return fetch_image({"image": image, **settings}, image_patch_size=patch)


class Florence(Reference):
    """No chat template: the text of the one message is the prompt."""

    def inputs(self, messages, pictures, options):
        tensors = self.processor(
            images=pictures or None, text=texts(messages), return_tensors="pt", **options
        )
        return self.tokenizer.last_text, tensors


class FlorenceOfItsAuthors:
    """The authors' processor is not in the library; it adds tokens, and returns ids and pixels alone."""

    def __init__(self, folder, checkpoint):
        self.tokenizer = RecordingTokenizer.from_pretrained(folder, bos_token="<s>", eos_token="</s>")
        self.tokenizer.add_special_tokens({"extra_special_tokens": checkpoint["tokens"]})
        self.pixels = AutoImageProcessor.from_pretrained(folder, backend=checkpoint.get("image_backend"))
        tasks = transformers.Florence2Processor._construct_prompts
        self.tasks = tasks

    def inputs(self, messages, pictures, options):
        prompt = Florence.prompts(texts(messages))
        tensors = dict(self.tokenizer(prompt, return_tensors="pt", return_token_type_ids=False))
        return f"<s>{prompt}</s>", tensors | dict(self.pixels(pictures, return_tensors="pt"))


def florence_prompts(text):
    """The sentences for tasks are the same in both processors."""
    blank = transformers.Florence2Processor.__new__(transformers.Florence2Processor)
    blank.task_prompts_without_inputs = {"<OD>": "Locate the objects with category name in the image."}
    blank.task_prompts_with_input = {"<REGION_TO_CATEGORY>": "What is the region {input}?"}
    return blank._construct_prompts(text)[0]


Florence.prompts = staticmethod(florence_prompts)
KINDS = {
    "florence": Florence,
    "florence_of_its_authors": FlorenceOfItsAuthors,
    **tiles_and_queries_checkpoints.kinds(Reference),
}


def texts(messages):
    return "".join(part.get("text", "") for message in messages for part in message["content"])


def assemble(checkpoint, metadata, folder):
    """Puts the folder of a checkpoint together; returns which file came from where."""
    origin = {}
    for name in FILES:
        for found in (metadata / checkpoint["folder"]).glob(name + "*"):
            if found.name in (name, name + ".gz"):
                origin[name] = f"{checkpoint['folder']}/{found.name}"
    origin |= checkpoint.get("files", {})
    for name, text in checkpoint.get("written", {}).items():
        origin.pop(name, None)
        (folder / name).write_text(text, encoding="utf-8")
    for name, source in list(origin.items()):
        if source is None:
            del origin[name]
            continue
        raw = (metadata / source).read_bytes()
        (folder / name).write_bytes(gzip.decompress(raw) if source.endswith(".gz") else raw)
    if "tokens" in checkpoint and "keep_tokens" in checkpoint:
        edit_tokens(folder / "tokenizer.json", checkpoint["keep_tokens"], checkpoint["tokens"])
    return origin


def edit_tokens(file, keep, tokens):
    """Keeps the first added tokens, then adds some behind the last id."""
    tree = json.loads(file.read_text(encoding="utf-8"))
    added = tree["added_tokens"][:keep]
    last = max(list(tree["model"]["vocab"].values()) + [token["id"] for token in added])
    plain = dict(single_word=False, lstrip=False, rstrip=False, normalized=False, special=True)
    for i, token in enumerate(tokens):
        added.append({"id": last + 1 + i, "content": token, **plain})
    tree["added_tokens"] = added
    file.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")


def runs(values):
    """Returns values as words, runs of equal ones as VALUExCOUNT."""
    words = []
    start = 0
    for i in range(1, len(values) + 1):
        if i == len(values) or values[i] != values[start]:
            count = i - start
            words += [f"{values[start]}x{count}"] if count >= RUN else [str(values[start])] * count
            start = i
    return " ".join(words)


def short(text):
    """Returns a text with runs of equal tokens as TOKEN{COUNT}."""
    return TOKEN_RUN.sub(lambda m: f"{m[1]}{{{len(m[0]) // len(m[1])}}}", text)


def described(name, tensor):
    tensor = tensor.to(NUMBERS.get(tensor.dtype, tensor.dtype))
    flat = tensor.contiguous().reshape(-1)
    places = [i * (flat.numel() - 1) // (SAMPLES - 1) for i in range(SAMPLES)] if flat.numel() else []
    return {
        "name": name,
        "type": TYPES[tensor.dtype],
        "shape": list(tensor.shape),
        "sha256": hashlib.sha256(flat.numpy().tobytes()).hexdigest(),
        "samples": [float(str(v)) if tensor.dtype == torch.float32 else int(v) for v in flat[places].numpy()],
    }


def record(reference, case, folder, own=None):
    messages = copy.deepcopy(case["messages"])
    pictures = []
    for message in messages:
        for part in message["content"]:
            if part["type"] == "image":
                settings = {k: v for k, v in part.items() if k not in ("type", "image")}
                image = picture(part["image"], folder)
                pictures.append(reference.fetched(image, settings) if settings else image)
                for key in list(part):
                    if key != "type":
                        del part[key]
    try:
        seen_by = own() if own else reference
        text, tensors = seen_by.inputs(messages, pictures, case.get("options", {}))
    except Exception as e:
        if not case.get("refused"):
            raise
        return {**case, "refused": f"{type(e).__name__}: {e}".splitlines()[0][:120]}
    assert not case.get("refused"), case["name"]
    ids = tensors["input_ids"][0].tolist()
    return {
        **case,
        "text": short(text),
        "ids": runs(ids),
        "tensors": [described(k, v) for k, v in sorted(tensors.items())],
    }


def changed(folder, checkpoint, case):
    """Opens a copy of a folder in which some files are those of a case."""
    with tempfile.TemporaryDirectory() as temporary:
        copied = Path(shutil.copytree(folder, temporary, dirs_exist_ok=True))
        for name, text in case["written"].items():
            (copied / name).write_text(text, encoding="utf-8")
        return opened(copied, checkpoint)


def opened(folder, checkpoint):
    return KINDS.get(checkpoint.get("kind"), Reference)(folder, checkpoint)


def write(checkpoint, metadata, pictures, target):
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        origin = assemble(checkpoint, metadata, folder)
        reference = opened(folder, checkpoint)
        cases = []
        for case in checkpoint["cases"]:
            own = partial(changed, folder, checkpoint, case) if "written" in case else None
            cases.append(json.dumps(record(reference, case, pictures, own), ensure_ascii=False))
    head = {key: checkpoint[key] for key in ("checkpoint", "settings")}
    head |= {"files": origin, "written": checkpoint.get("written", {})}
    if "image_backend" in checkpoint:
        head |= {"image_backend": checkpoint["image_backend"]}
    if "keep_tokens" in checkpoint:
        head |= {"keep_tokens": checkpoint["keep_tokens"], "tokens": checkpoint["tokens"]}
    text = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    text += ',\n "cases": [\n' + ",\n".join(cases) + "\n]}\n"
    file = target / f"{checkpoint['name']}.json"
    file.write_text(text, encoding="utf-8", newline="\n")
    print(file.name, len(cases), "cases")


def random_size(drawn):
    kind = drawn.random()
    short = drawn.randint(2, 60)
    long = drawn.randint(60, min(2000, 190 * short))
    if kind < 0.4:
        return (short, long) if kind < 0.2 else (long, short)
    return drawn.randint(8, 1200), drawn.randint(8, 1200)


def random_cases(checkpoint, count):
    """Pictures of random sizes, with every set of options that the checkpoint's own cases have."""
    drawn = random.Random(checkpoint["name"])
    text = "<OD>" if "florence" in checkpoint["name"] else "What is it?"
    options = [case.get("options", {}) for case in checkpoint["cases"]]
    options = [o for i, o in enumerate(options) if o not in options[:i]]
    cases = []
    for i in range(count):
        width, height = random_size(drawn)
        name = f"{i}: {width} x {height}"
        content = [{"type": "image", "image": f"drawn {width}x{height}"}, {"type": "text", "text": text}]
        cases.append({"name": name, "messages": [{"role": "user", "content": content}]})
        cases[-1] |= {"options": options[i % len(options)]}
    return {**checkpoint, "cases": cases}


def main(*arguments):
    count = 0
    if arguments[0] == "--random":
        count, arguments = int(arguments[1]), arguments[2:]
    metadata, pictures, target, *names = arguments
    torch.set_num_threads(1)
    for checkpoint in CHECKPOINTS:
        if not names or checkpoint["name"] in names:
            recorded = random_cases(checkpoint, count) if count else checkpoint
            write(recorded, Path(metadata), Path(pictures), Path(target))
    index = sorted(file.name for file in Path(target).glob("*.json"))
    (Path(target) / "index.txt").write_text("\n".join(index) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
