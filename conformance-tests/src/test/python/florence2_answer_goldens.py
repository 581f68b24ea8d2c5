"""Writes answers of Florence-2, well-formed and broken, and what the reference makes of them.

python florence2_answer_goldens.py OUTPUT.txt [STRINGS_PER_TASK [SEED]]

The committed file is models/src/test/resources/dev/vlm4j/models/florence2/answers.txt, written with the
defaults. One line per answer, fields separated by tabs: task, width, height, the text as the inside of a
JSON string, and the value that `post_process_generation` returns for the task as JSON, or `!` if it raises.
"""

import json
import random
import sys
from types import SimpleNamespace
from unittest import mock

from transformers.models.florence2.processing_florence2 import Florence2Processor
from transformers.processing_utils import ProcessorMixin

BANNED = """it,I,me,mine,you,your,yours,he,him,his,she,her,hers,they,them,their,theirs,one,oneself,we,us,our,ours,
its,myself,yourself,himself,herself,itself,ourselves,yourselves,themselves,this,that,these,those,who,whom,
whose,which,what,all,another,any,anybody,anyone,anything,each,everybody,everyone,everything,few,many,nobody,
none,several,some,somebody,someone,something,each other,one another,the image,image,images,the,a,an,a group,
other objects,lots,a set""".replace("\n", "").split(",")

KINDS = [
    "pure_text",
    "ocr",
    "phrase_grounding",
    "description_with_bboxes",
    "description_with_polygons",
    "polygons",
    "bboxes",
    "description_with_bboxes_or_polygons",
]

WORDS = ["cat", "red car", "Café", "猫", "a traffic light", "wheel 🛞", "naïve dog", "2 men", "ÀÉ", "x" * 40]
SPACES = [" ", "  ", "\n", "\t", "\u00a0", "\u2028", "\u0085", "\u001c", "\u200b", "\u3000", "\r"]
DEBRIS = ["<", ">", "<lo", "<loc_", "<loc_>", "<loc_12", "loc_7>", "<loc_1a>", "<loc_-3>", "<loc_ 3>", "<LOC_3>"]
TAGS = ["<sep>", "<poly>", "</poly>", "<s>", "</s>", "<pad>", "<od>", "</od>", "<box>", "<ground>", "<obj>", "<and>"]
TRICKS = ["<po<s>ly>", "<lo<pad>c_5>", "<</s>s>", "<<s>pad>", "\u0000", "😀"]
SIZES = [(640, 480), (1000, 1000), (333, 777), (1, 1), (4032, 3024), (768, 768), (97, 61), (12000, 17)]


def processor():
    tokenizer = SimpleNamespace(all_special_tokens=[], image_token="<image>", image_token_id=1)
    config = {kind: {} for kind in KINDS}
    config["phrase_grounding"] = {"banned_grounding_tokens": BANNED}
    with mock.patch.object(ProcessorMixin, "__init__", lambda *_, **__: None):
        return Florence2Processor(SimpleNamespace(image_seq_length=577), tokenizer, 0, config)


class Texts:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def location(self):
        kind = self.random.random()
        if kind < 0.9:
            number = str(self.random.randrange(1000))
        elif kind < 0.95:
            number = str(self.random.choice([1000, 5000, 99999, 2**31, 2**32, 16777217, 10**12, 2**63 - 1]))
        elif kind < 0.96:
            number = self.random.choice(["007", "٣", "1٣", "𝟕", str(2**63), "9" * 30])
        else:
            number = self.random.choice(["0", "999"])
        return f"<loc_{number}>"

    def locations(self, low, high):
        return [self.location() for _ in range(self.random.randint(low, high))]

    def label(self):
        kind = self.random.random()
        if kind < 0.6:
            return self.random.choice(WORDS)
        if kind < 0.75:
            return self.random.choice(BANNED)
        if kind < 0.85:
            return self.random.choice(SPACES) + self.random.choice(WORDS) + self.random.choice(SPACES)
        if kind < 0.9:
            return self.random.choice(WORDS) + self.random.choice(SPACES) + self.random.choice(WORDS)
        if kind < 0.95:
            return self.random.choice(SPACES)
        return ""

    def polygon(self):
        parts = [*self.locations(1, 9)]
        for _ in range(self.random.randrange(3)):
            parts += ["<sep>", *self.locations(0, 7)]
        return ["<poly>", *parts, "</poly>"] if self.random.random() < 0.6 else parts

    def well_formed(self, kind):
        parts = []
        for _ in range(self.random.randrange(5)):
            if kind == "pure_text":
                parts += [self.label(), " "]
            elif kind == "ocr":
                parts += [self.label(), *self.locations(8, 8)]
            elif kind in ("phrase_grounding", "description_with_bboxes"):
                boxes = 4 * self.random.randint(1, 3)
                parts += [self.label(), *self.locations(boxes, boxes)]
            elif kind == "bboxes":
                parts += self.locations(4, 4)
            elif kind == "polygons":
                parts += self.polygon()
            else:
                parts += [self.label(), *(self.polygon() if self.random.random() < 0.6 else self.locations(4, 4))]
        return parts

    def soup(self):
        parts = []
        for _ in range(self.random.randrange(14)):
            source = self.random.choice([WORDS, SPACES, DEBRIS, TAGS, TRICKS, None, None, None, None])
            parts += self.locations(1, 9) if source is None else [self.random.choice(source)]
        return parts

    def damaged(self, parts):
        parts = list(parts)
        for _ in range(self.random.randint(1, 3)):
            at = self.random.randrange(len(parts) + 1)
            if self.random.random() < 0.5:
                parts.insert(at, self.random.choice(DEBRIS + TAGS + TRICKS + SPACES))
            elif at < len(parts):
                del parts[at]
        return parts

    def text(self, kind):
        form = self.random.random()
        if form < 0.02:
            return self.random.choice(["", "<s></s>", "</s><s></s>", " ", "<pad>"])
        parts = self.soup() if form < 0.25 else self.well_formed(kind)
        if 0.25 < form < 0.35:
            self.random.shuffle(parts)
        if 0.35 < form < 0.65:
            parts = self.damaged(parts)
        text = "".join(parts)
        if 0.6 < form < 0.75:
            text = text[: self.random.randrange(len(text) + 1)]
        return self.random.choice(["", "</s><s>", "<s>"]) + text + self.random.choice(["", "</s>", "</s><pad>"])


def expected(reference, text, task, size):
    try:
        return json.dumps(
            reference.post_process_generation(text=text, task=task, image_size=size)[task], separators=(",", ":")
        )
    except (ValueError, RuntimeError, OverflowError):
        return "!"


def main(output, strings, seed):
    reference = processor()
    texts = Texts(seed)
    errors = 0
    with open(output, "w", encoding="ascii", newline="\n") as file:
        for task, kind in reference.tasks_answer_post_processing_type.items():
            for _ in range(strings if kind != "pure_text" else max(10, strings // 8)):
                text = texts.text(kind)
                size = texts.random.choice(SIZES)
                value = expected(reference, text, task, size)
                errors += value == "!"
                file.write("\t".join([task, str(size[0]), str(size[1]), json.dumps(text)[1:-1], value]) + "\n")
            # A number longer than Python reads.
            if kind == "bboxes":
                text = "<loc_1><loc_2><loc_3><loc_" + "0" * 4301 + ">"
                file.write("\t".join([task, "9", "9", text, expected(reference, text, task, (9, 9))]) + "\n")
    print(f"{output}: {errors} of the texts make the reference fail")


if __name__ == "__main__":
    main(sys.argv[1], *(int(argument) for argument in (sys.argv[2:] + ["110", "7"][len(sys.argv) - 2 :])))
