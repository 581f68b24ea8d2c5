"""Writes the expected values of the picture tests.

    python image_goldens.py ../resources/dev/vlm4j/models/image

Needs torch, torchvision, transformers and Pillow; the committed files came from the versions that
they name in their first line. The pictures are formulas (SyntheticPicture.java has the same), the
expected values SHA-256 sums of the bytes, or of the little-endian floats, and a few single values.
"""

import hashlib
import itertools
import pathlib
import sys

import numpy as np
import PIL
import torch
import torchvision
import transformers
from PIL import Image
from torchvision.transforms import InterpolationMode
from torchvision.transforms.v2 import functional
from transformers.models.blip.image_processing_blip import BlipImageProcessor
from transformers.models.blip.image_processing_pil_blip import BlipImageProcessorPil
from transformers.models.clip.image_processing_clip import CLIPImageProcessor
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.llava.image_processing_llava import LlavaImageProcessor
from transformers.models.llava.image_processing_pil_llava import LlavaImageProcessorPil
from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil
from transformers.models.siglip.image_processing_siglip import SiglipImageProcessor

VERSIONS = (
    f"# torch {torch.__version__.split('+')[0]}, torchvision {torchvision.__version__.split('+')[0]}, "
    f"transformers {transformers.__version__}, Pillow {PIL.__version__}"
)
TORCH_MODES = {
    0: InterpolationMode.NEAREST_EXACT,
    1: InterpolationMode.LANCZOS,
    2: InterpolationMode.BILINEAR,
    3: InterpolationMode.BICUBIC,
}
# width, height -> width, height
RESIZES = [
    (1, 1, 7, 5), (1, 9, 4, 9), (9, 1, 3, 1), (1, 64, 1, 5), (64, 1, 7, 2), (2, 2, 3, 3),
    (5, 7, 5, 7), (17, 13, 17, 5), (17, 13, 6, 13), (13, 17, 31, 41), (64, 48, 32, 24),
    (64, 48, 31, 23), (33, 31, 64, 62), (100, 3, 10, 30), (3, 100, 30, 10), (200, 150, 224, 168),
    (320, 240, 96, 96), (40, 60, 30, 40), (40, 61, 30, 40), (40, 59, 30, 40), (30, 60, 45, 20),
    (257, 129, 84, 84), (1000, 8, 30, 8), (8, 1000, 8, 30), (10, 2, 10, 477), (500, 400, 14, 14),
]
PROCESSORS = {
    "CLIPImageProcessor": CLIPImageProcessor,
    "SiglipImageProcessor": SiglipImageProcessor,
    "LlavaImageProcessor": LlavaImageProcessor,
    "BlipImageProcessor": BlipImageProcessor,
}
PIL_PROCESSORS = {
    "CLIPImageProcessor": CLIPImageProcessorPil,
    "SiglipImageProcessor": SiglipImageProcessorPil,
    "LlavaImageProcessor": LlavaImageProcessorPil,
    "BlipImageProcessor": BlipImageProcessorPil,
}
SMALL = {"size": {"shortest_edge": 20}, "crop_size": {"height": 20, "width": 20}}
PIPELINES = [
    ("CLIPImageProcessor", {}),
    ("SiglipImageProcessor", {}),
    ("LlavaImageProcessor", {}),
    ("BlipImageProcessor", {}),
    ("CLIPImageProcessor", {"size": {"shortest_edge": 336}, "crop_size": {"height": 336, "width": 336}}),
    ("CLIPImageProcessor", {
        "size": {"height": 48, "width": 40}, "do_center_crop": False,
        "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225],
        "rescale_factor": 0.00392156862745098}),
    ("CLIPImageProcessor", {"size": 24, "crop_size": 17}),
    ("CLIPImageProcessor", {"size": {"shortest_edge": 16}, "crop_size": {"height": 40, "width": 11}}),
    ("CLIPImageProcessor", {"size": {"shortest_edge": 16}, "crop_size": {"height": 11, "width": 45}}),
    ("CLIPImageProcessor", {"do_resize": False, "crop_size": {"height": 33, "width": 30}}),
    ("CLIPImageProcessor", {"size": {"shortest_edge": 30, "longest_edge": 37}, "do_center_crop": False}),
    ("CLIPImageProcessor", {"size": {"max_height": 30, "max_width": 50}, "do_center_crop": False}),
    ("CLIPImageProcessor", {**SMALL, "rescale_factor": 0.01, "image_mean": [0.1, 0.2, 0.3]}),
    ("CLIPImageProcessor", {**SMALL, "do_pad": True, "pad_size": {"height": 25, "width": 23}}),
    ("CLIPImageProcessor", {**SMALL, "do_pad": True}),
    ("SiglipImageProcessor", {"size": {"height": 38, "width": 38}}),
    ("SiglipImageProcessor", {"size": 21}),
    ("SiglipImageProcessor", {"size": {"height": 30, "width": 30}, "do_center_crop": True,
                              "crop_size": {"height": 20, "width": 33}}),
    ("LlavaImageProcessor", {**SMALL, "do_pad": True}),
    ("LlavaImageProcessor", {**SMALL, "do_pad": True, "image_mean": [0.5, 0.5, 0.5]}),
    ("LlavaImageProcessor", {"do_pad": True, "do_resize": False, "do_center_crop": False}),
    ("BlipImageProcessor", {"size": 19}),
] + [
    ("CLIPImageProcessor", {**SMALL, "resample": filter}) for filter in (0, 1, 2, 3)
] + [
    ("CLIPImageProcessor",
     {**SMALL, "do_resize": resize, "do_center_crop": crop, "do_rescale": rescale,
      "do_normalize": normalize})
    for resize, crop, rescale, normalize in itertools.product((False, True), repeat=4)
]
PIL_PIPELINES = PIPELINES + [("CLIPImageProcessor", {**SMALL, "resample": filter}) for filter in (4, 5)]
PICTURES = [(0, 61, 47), (1, 40, 77), (2, 31, 31), (3, 5, 90), (4, 1, 1)]


def picture(seed: int, width: int, height: int) -> np.ndarray:
    """uint8 [height, width, 3]: noise, slopes or a black and white pattern, by seed."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    if seed % 3 == 0:
        v = (np.arange(height * width * 3, dtype=np.uint64) * 0x9E3779B1 + seed * 40503) & 0xFFFFFFFF
        v ^= v >> np.uint64(15)
        v = (v * np.uint64(0x85EBCA77)) & np.uint64(0xFFFFFFFF)
        v ^= v >> np.uint64(13)
        return (v & np.uint64(255)).astype(np.uint8).reshape(height, width, 3)
    if seed % 3 == 1:
        return ((x * 7 + y * 3 + c * 40 + seed) & 255).astype(np.uint8)
    return ((x // (1 + seed % 5) + y // (1 + seed % 7) + c) % 2 * 255).astype(np.uint8)


def torch_resize(pixels: np.ndarray, width: int, height: int, mode: InterpolationMode) -> np.ndarray:
    planes = torch.from_numpy(pixels).permute(2, 0, 1).contiguous()[None]
    resized = functional.resize(planes, [height, width], interpolation=mode, antialias=True)
    return resized[0].permute(1, 2, 0).contiguous().numpy()


def digest(values: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest()


def resize_lines():
    for index, (width, height, to_width, to_height) in enumerate(RESIZES):
        pixels = picture(index, width, height)
        size = f"{index} {width} {height} {to_width} {to_height}"
        for code, mode in TORCH_MODES.items():
            yield f"TORCHVISION {code} {size} {digest(torch_resize(pixels, to_width, to_height, mode))}"
        for code in range(6):
            resized = np.asarray(Image.fromarray(pixels).resize((to_width, to_height), code))
            yield f"PILLOW {code} {size} {digest(resized)}"


def compact(value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "/".join(f"{key}:{number}" for key, number in value.items())
    return "/".join(map(repr, value)) if isinstance(value, list) else repr(value)


def pipeline_lines(pipelines, processors):
    for name, options in pipelines:
        processor = processors[name](**options)
        settings = ",".join(f"{key}={compact(value)}" for key, value in options.items())
        for seed, width, height in PICTURES:
            image = Image.fromarray(picture(seed, width, height))
            values = processor(image, return_tensors="np")["pixel_values"][0].astype("<f4")
            samples = [float(v).hex() for v in (values.flat[0], values.flat[values.size // 2], values.flat[-1])]
            yield " ".join([f"{name};{settings}", f"{seed} {width} {height}",
                            f"{values.shape[1]} {values.shape[2]}", digest(values), *samples])


def main():
    folder = pathlib.Path(sys.argv[1])
    files = {
        "resize.txt": resize_lines(),
        "pipelines.txt": pipeline_lines(PIPELINES, PROCESSORS),
        "pipelines_pil.txt": pipeline_lines(PIL_PIPELINES, PIL_PROCESSORS),
    }
    for name, lines in files.items():
        (folder / name).write_text("\n".join([VERSIONS, *lines]) + "\n")


if __name__ == "__main__":
    main()
