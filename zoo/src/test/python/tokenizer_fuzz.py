"""Ids of 20,000 random texts per real tokenizer, as one hash per block of 500 texts.

    python tokenizer_fuzz.py HUB_METADATA_FOLDER > ../resources/dev/vlm4j/zoo/tokenizer/fuzz.json

Made with tokenizers 0.23.3. RandomTexts.java makes the same texts from the same numbers: change both together.
Every second text stands behind a special token, as texts in prompts do.
"""

import glob
import gzip
import hashlib
import json
import os
import struct
import sys

from tokenizers import Tokenizer

BLOCKS = 40
TEXTS = 500
MASK = (1 << 64) - 1
WORDS = ["the", "user", "assistant", "system", "image", "end", "turn", "http://", "im_start", "don't", "I'm", "0x1F", "3.14"]
BREAKS = ["\n", "\r\n", "\t", "  ", "\u00a0", "\u3000", "\n\n\n", "\r", "    ", "\u200b", "\u2028", " \n"]
EMOJI = [
    "\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f44d\U0001f3fd", "\u2764\ufe0f", "\U0001f1e9\U0001f1ea",
    "\u2615", "\U0001f9d1\u200d\U0001f680",
]


class Numbers:
    """xorshift, 64 bits."""

    def __init__(self, seed):
        self.state = (seed * 0x9E3779B97F4A7C15 + 1) & MASK

    def below(self, limit):
        x = self.state
        x ^= (x << 13) & MASK
        x ^= x >> 7
        x ^= (x << 17) & MASK
        self.state = x
        return (x >> 33) % limit


def piece(numbers):
    kind = numbers.below(14)
    if kind < 4:
        return chr(ord("aAzZ"[kind]) - (numbers.below(26) if kind > 1 else -numbers.below(26)))
    if kind == 4:
        return " "
    if kind == 5:
        return chr(ord("0") + numbers.below(10))
    if kind == 6:
        return chr(33 + numbers.below(94))
    if kind == 7:
        return BREAKS[numbers.below(len(BREAKS))]
    if kind == 8:
        return chr(0xC0 + numbers.below(0xC0))
    if kind == 9:
        return chr(0x4E00 + numbers.below(0x51A5))
    if kind == 10:
        return EMOJI[numbers.below(len(EMOJI))]
    if kind == 11:
        return chr(0x300 + numbers.below(0x70))
    if kind == 12:
        point = numbers.below(0x12000)
        return chr(point + 0x800 if point >= 0xD800 else point)
    return WORDS[numbers.below(len(WORDS))]


def text(numbers):
    return "".join(piece(numbers) for _ in range(numbers.below(24)))


def load(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")
    with opened as file:
        return file.read()


def main():
    tokenizers = {}
    for path in sorted(glob.glob(os.path.join(sys.argv[1], "*", "tokenizer*.json*"))):
        if "config" in path:
            continue
        source = load(path)
        tokenizer = Tokenizer.from_str(source)
        marker = next(t["content"] for t in json.loads(source)["added_tokens"] if t["special"] and not t["rstrip"])
        blocks = []
        for block in range(BLOCKS):
            numbers = Numbers(block + 1)
            digest = hashlib.sha256()
            for index in range(TEXTS):
                value = text(numbers)
                ids = tokenizer.encode((marker if index % 2 else "") + value, add_special_tokens=False).ids
                digest.update(struct.pack(f"<{len(ids) + 1}i", *ids, -1))
            blocks.append(digest.hexdigest())
        tokenizers[os.path.relpath(path, sys.argv[1]).replace(os.sep, "/")] = {"marker": marker, "blocks": blocks}
    json.dump(tokenizers, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
