"""Pictures by formula, the same as DrawnPicture.java draws, and pictures of a folder."""

import re

import numpy as np
from PIL import Image
from transformers.image_utils import load_image

DRAWN = re.compile(r"drawn (\d+)x(\d+)")
CELL = 16


def drawn(width, height):
    """Cells of noise and cells of slopes, in turn."""
    y, x, c = np.meshgrid(
        np.arange(height, dtype=np.uint32),
        np.arange(width, dtype=np.uint32),
        np.arange(3, dtype=np.uint32),
        indexing="ij",
    )
    v = ((y * np.uint32(width) + x) * np.uint32(3) + c) * np.uint32(0x9E3779B1)
    v ^= v >> np.uint32(15)
    v *= np.uint32(0x85EBCA77)
    v ^= v >> np.uint32(13)
    slope = x * np.uint32(7) + y * np.uint32(3) + c * np.uint32(40)
    noisy = (x // CELL + y // CELL) % 2 == 1
    return Image.fromarray(np.where(noisy, v, slope).astype(np.uint8))


def picture(name, folder):
    """Returns "drawn WIDTHxHEIGHT", or a file as the reference's loader reads it."""
    size = DRAWN.fullmatch(name)
    return drawn(int(size[1]), int(size[2])) if size else load_image(str(folder / name))
