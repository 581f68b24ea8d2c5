"""Writes the expected sizes of the tests of Idefics2, Idefics3 and Gemma 3.

    python tile_goldens.py ../resources/dev/vlm4j/models

Needs what image_goldens.py needs.
"""

import pathlib
import random
import sys

import torch
from transformers import Gemma3ImageProcessor
from transformers.image_utils import SizeDict
from transformers.models.idefics2 import image_processing_idefics2 as idefics2
from transformers.models.idefics3 import Idefics3ImageProcessor
from transformers.models.idefics3 import image_processing_idefics3 as idefics3

from image_goldens import VERSIONS

EXTREME = [(1, 1), (1, 2000), (2000, 1), (4000, 40), (40, 4000), (364, 364), (365, 364), (980, 981)]


def shapes(seed, count):
    """Returns height and width of pictures, some of them extreme."""
    drawn = random.Random(seed)
    usual = [(drawn.randint(1, 1500), drawn.randint(1, 1500)) for _ in range(count)]
    long = [(drawn.randint(1, 60), drawn.randint(500, 3000)) for _ in range(count // 3)]
    return EXTREME + usual + long + [(w, h) for h, w in long]


class Sized(Idefics3ImageProcessor):
    """Remembers the sizes that pictures would be resized to."""

    def resize(self, image, size, resample=None, **kwargs):
        self.asked = size
        return image


def tiles(height, width, longest, tile):
    image = torch.empty(3, height, width, device="meta")
    first = idefics3.get_resize_output_image_size(image, longest)
    sized = Sized()
    sized.resize_for_vision_encoder(torch.empty(3, *first, device="meta"), tile)
    return *first, sized.asked.height, sized.asked.width


def crops(height, width):
    indices = torch.arange(height * width).view(1, 1, height, width)
    parts = Gemma3ImageProcessor().pan_and_scan_batched(indices, 256, 4, 1.2)
    return [
        f"{int(part.flatten()[0]) % width},{int(part.flatten()[0]) // width},{part.shape[-1]},{part.shape[-2]}"
        for part in parts
    ]


def write(path, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{VERSIONS}\n" + "".join(line + "\n" for line in lines))


def main(target):
    target = pathlib.Path(target)
    settings = [(2048, 512), (1456, 364), (5000, 500), (300, 364)]
    write(
        target / "idefics3" / "sizes.txt",
        [
            " ".join(map(str, (h, w, longest, tile, *tiles(h, w, longest, tile))))
            for h, w in shapes(1, 30)
            for longest, tile in settings
        ],
    )
    size = SizeDict(shortest_edge=378, longest_edge=980)
    write(
        target / "idefics2" / "sizes.txt",
        [
            " ".join(map(str, (h, w, *idefics2.get_resize_output_image_size(torch.empty(3, h, w, device="meta"), size))))
            for h, w in shapes(2, 60)
        ],
    )
    write(
        target / "gemma3" / "crops.txt",
        [" ".join([str(h), str(w), *crops(h, w)]) for h, w in shapes(3, 60)],
    )


if __name__ == "__main__":
    main(sys.argv[1])
