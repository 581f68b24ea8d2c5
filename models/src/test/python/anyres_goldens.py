"""Writes the expected values of the tests of pictures in tiles.

    python anyres_goldens.py ../resources/dev/vlm4j/models

Needs what image_goldens.py needs; its formulas give the pictures. Tokens are counted for thousands of sizes.
"""

import pathlib
import random
import sys

import torch
from PIL import Image
from transformers.models.llava_next.image_processing_llava_next import LlavaNextImageProcessor
from transformers.models.llava_next.processing_llava_next import LlavaNextProcessor
from transformers.models.llava_onevision.image_processing_llava_onevision import LlavaOnevisionImageProcessor
from transformers.models.llava_onevision.processing_llava_onevision import LlavaOnevisionProcessor

from image_goldens import VERSIONS, compact, digest, picture

CLASSES = {
    "LlavaNextImageProcessor": LlavaNextImageProcessor,
    "LlavaOnevisionImageProcessor": LlavaOnevisionImageProcessor,
}
NEXT_GRIDS = [[28, 56], [56, 28], [56, 56], [84, 28], [28, 84]]
SMALL = {
    "size": {"shortest_edge": 28}, "crop_size": {"height": 28, "width": 28}, "image_grid_pinpoints": NEXT_GRIDS,
}
SQUARES = {"size": {"height": 20, "width": 20}, "image_grid_pinpoints": [[20, 40], [40, 20], [40, 60], [80, 80]]}
SETTINGS = [
    ("LlavaNextImageProcessor", {}),
    ("LlavaNextImageProcessor", SMALL),
    ("LlavaNextImageProcessor", {**SMALL, "size": 28, "crop_size": 28, "resample": 2}),
    ("LlavaNextImageProcessor", {**SMALL, "do_center_crop": False, "do_resize": False, "do_rescale": False}),
    ("LlavaNextImageProcessor", {**SMALL, "crop_size": {"height": 20, "width": 20}}),
    ("LlavaNextImageProcessor", {**SMALL, "size": {"height": 30, "width": 26}, "do_normalize": False}),
    ("LlavaNextImageProcessor", {**SMALL, "image_grid_pinpoints": [[40, 70], [70, 45]]}),
    ("LlavaOnevisionImageProcessor", SQUARES),
    ("LlavaOnevisionImageProcessor", {**SQUARES, "resample": 2, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}),
    ("LlavaOnevisionImageProcessor", {**SQUARES, "size": {"shortest_edge": 20}}),
    ("LlavaOnevisionImageProcessor", {**SQUARES, "crop_size": {"height": 20, "width": 20}, "do_center_crop": True}),
]
PICTURES = [(0, 61, 47), (1, 40, 77), (2, 31, 31), (3, 5, 90), (4, 1, 1), (6, 300, 3), (7, 2, 2), (8, 56, 28)]
GROUPS = [[1, 0], [4, 3, 2]]


def tensors(processor, pictures):
    """Nested, as chats are given: a list of pictures per conversation."""
    images = [Image.fromarray(picture(*each)) for each in pictures]
    result = processor([images], return_tensors="pt")
    return result["pixel_values"].float().numpy().astype("<f4")


def tile_lines():
    for name, options in SETTINGS:
        processor = CLASSES[name](**options)
        settings = ",".join(
            f"{key}={'/'.join(f'{h}x{w}' for h, w in value) if key == 'image_grid_pinpoints' else compact(value)}"
            for key, value in options.items()
        )
        for group in [[i] for i in range(len(PICTURES))] + GROUPS:
            pixels = tensors(processor, [PICTURES[i] for i in group])
            shape = "x".join(map(str, pixels.shape))
            yield f"{name};{settings} {','.join(map(str, group))} {shape} {digest(pixels)}"


def sizes(count):
    random.seed(5)
    for _ in range(count):
        height = int(2 ** random.uniform(0, 12))
        yield height, max(1, min(4000, int(height * 2 ** random.uniform(-6.6, 6.6))))
    for height in range(330, 350):
        for width in range(660, 680):
            yield height, width


def token_lines():
    next_processor = LlavaNextProcessor.__new__(LlavaNextProcessor)
    next_processor.image_processor = LlavaNextImageProcessor()
    next_processor.image_token = "i"
    next_processor.patch_size = 14
    next_processor.num_additional_image_tokens = 1
    next_processor.vision_feature_select_strategy = "default"
    one_vision = LlavaOnevisionProcessor.__new__(LlavaOnevisionProcessor)
    one_vision.image_processor = LlavaOnevisionImageProcessor()
    one_vision.image_token = "i"
    one_vision.num_image_tokens = 729
    one_vision.vision_feature_select_strategy = "full"
    for height, width in sizes(2500):
        found = {"image_sizes": [[height, width]], "pixel_values": torch.zeros(1, 1, 3, 336, 336)}
        line = [str(height), str(width), str(len(next_processor.replace_image_token(found, 0)))]
        found = {**found, "batch_num_images": [1], "pixel_values": torch.zeros(1, 1, 3, 384, 384)}
        for most in (9, 4):
            one_vision.vision_aspect_ratio = f"anyres_max_{most}"
            line.append(str(len(one_vision.replace_image_token(found, 0))))
        yield " ".join(line)


def main():
    folder = pathlib.Path(sys.argv[1])
    for name, lines in (("image/tiles.txt", tile_lines()), ("image/tile-tokens.txt", token_lines())):
        (folder / name).write_text("\n".join([VERSIONS, *lines]) + "\n")


if __name__ == "__main__":
    main()
