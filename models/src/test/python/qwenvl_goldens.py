"""Writes the expected values of the Qwen-VL picture and position tests.

    python qwenvl_goldens.py ../resources/dev/vlm4j/models

Needs what image_goldens.py needs, and qwen-vl-utils. The settings are those of published
checkpoints.
"""

import pathlib
import random
import sys

import torch
from PIL import Image
from qwen_vl_utils.vision_process import fetch_image, smart_resize as smart_resize_of_messages
from transformers import Qwen2VLConfig, Qwen2VLForConditionalGeneration, Qwen2VLImageProcessor
from transformers.models.qwen2_vl.image_processing_qwen2_vl import smart_resize
from transformers.vision_utils import (
    get_vision_interpolation_indices_and_weights,
    get_vision_position_ids,
    get_vision_window_index,
)

from image_goldens import VERSIONS, digest, picture

HALF = {"image_mean": [0.5] * 3, "image_std": [0.5] * 3}
PROCESSORS = {
    "qwen2": {"min_pixels": 3136, "max_pixels": 12845056},
    "awq": {"size": {"min_pixels": 3136, "max_pixels": 1003520}, "min_pixels": 3136, "max_pixels": 1003520},
    "qwen3": {"size": {"longest_edge": 16777216, "shortest_edge": 65536}, "patch_size": 16, **HALF},
    "embedding": {
        "size": {"longest_edge": 1310720, "shortest_edge": 4096},
        "min_pixels": 4096, "max_pixels": 1310720, "patch_size": 16, **HALF,
    },
    "silent": {},
}
PICTURES = [
    ("qwen2", 0, 640, 480, {}), ("qwen2", 1, 13, 9, {}), ("qwen2", 2, 1, 1, {}),
    ("qwen2", 0, 1400, 7, {}), ("qwen2", 0, 70, 98, {}), ("awq", 3, 1500, 1100, {}),
    ("qwen3", 0, 320, 200, {}), ("qwen3", 1, 900, 33, {}), ("embedding", 0, 60, 75, {}),
    ("silent", 0, 301, 207, {}), ("silent", 4, 1300, 900, {}),
    ("qwen2", 0, 640, 480, {"max_pixels": 100352}),
    ("qwen2", 3, 200, 150, {"min_pixels": 200704, "max_pixels": 401408}),
    ("qwen2", 0, 333, 444, {"resized_height": 280, "resized_width": 420}),
    ("qwen3", 0, 333, 444, {"resized_height": 100, "resized_width": 300}),
    ("qwen3", 0, 640, 480, {"max_pixels": 65536}),
]


def pictures():
    lines = []
    for name, seed, width, height, options in PICTURES:
        processor = Qwen2VLImageProcessor(**PROCESSORS[name])
        image = Image.fromarray(picture(seed, width, height))
        if options:
            image = fetch_image({"image": image, **options}, image_patch_size=processor.patch_size)
        given = processor([image], return_tensors="pt")
        _, high, wide = given["image_grid_thw"][0].tolist()
        written = ",".join(f"{k}={v}" for k, v in options.items()) or "-"
        values = digest(given["pixel_values"].numpy().astype("<f4"))
        lines.append(f"{name} {seed} {width} {height} {written} {high} {wide} {values}")
    return lines


def sizes():
    numbers = random.Random(7)
    lines = []
    for kind, resize in [("PROCESSOR", smart_resize), ("MESSAGES", smart_resize_of_messages)]:
        for _ in range(300):
            factor = numbers.choice([28, 32, 8])
            height, width = (int(2 ** numbers.uniform(0, 13)) for _ in range(2))
            if numbers.random() < 0.2:
                height = factor * numbers.randrange(0, 9) + factor // 2
            low = factor * factor * numbers.choice([1, 4, 64])
            high = low * numbers.choice([1, 2, 16, 300])
            try:
                size = resize(height or 1, width, factor, low, high)
                written = f"{size[0]} {size[1]}" if min(size) > 0 else "- -"
            except ValueError:
                written = "- -"
            lines.append(f"{kind} {height or 1} {width} {factor} {low} {high} {written}")
    return lines


GRIDS = [(2, 2), (4, 6), (10, 6), (16, 16), (18, 34), (2, 40)]


def joined(tensor):
    return ",".join(map(str, tensor.flatten().tolist()))


def grids():
    lines = []
    for height, width in GRIDS:
        grid = torch.tensor([[1, height, width]])
        positions = get_vision_position_ids(grid, 2)
        lines.append(f"positions {height} {width} {joined(positions[:, 0])} {joined(positions[:, 1])}")
        index, ends = get_vision_window_index(grid, 2, 112, 14)
        lines.append(f"windows {height} {width} {joined(index)} {joined(ends.diff())}")
        taps, weights = get_vision_interpolation_indices_and_weights(
            grid, 48, mode="bilinear", align_corners=True, spatial_merge_size=2
        )
        floats = digest(weights.numpy().astype("<f4"))
        lines.append(f"table {height} {width} {digest(taps.numpy().astype('<f4'))} {floats}")
    return lines


def prompts():
    config = Qwen2VLConfig(
        text_config={"num_hidden_layers": 1, "hidden_size": 8, "num_attention_heads": 1,
                     "num_key_value_heads": 1, "intermediate_size": 8, "vocab_size": 16},
        vision_config={"depth": 1, "embed_dim": 8, "num_heads": 1, "hidden_size": 8},
    )
    model = Qwen2VLForConditionalGeneration(config).model
    lines = []
    for text in ["t3", "t2 4x6 t1", "2x2 t1 8x4 t5", "t1 2x10 t1 10x2 t1 4x4"]:
        types, found = [], []
        for part in text.split(" "):
            if part[0] == "t":
                types += [0] * int(part[1:])
            else:
                height, width = map(int, part.split("x"))
                types += [1] * (height * width // 4)
                found.append([1, height, width])
        ids = torch.tensor([types])
        grid = torch.tensor(found) if found else None
        positions, delta = model.get_rope_index(ids, ids.int(), image_grid_thw=grid)
        lines.append(f"{text.replace(' ', '+')} {'/'.join(joined(p) for p in positions)} {delta.item()}")
    return lines


def main():
    folder = pathlib.Path(sys.argv[1])
    header = VERSIONS + ", qwen-vl-utils 0.0.14"
    for name, lines in [
        ("image/patches/pictures.txt", pictures()), ("image/patches/sizes.txt", sizes()),
        ("qwenvl/grids.txt", grids()), ("qwenvl/prompts.txt", prompts()),
    ]:
        (folder / name).write_text("\n".join([header] + lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
