"""Draws the two pictures that the demo command shows, held out from training, and its questions."""

import argparse
import json
import random
from pathlib import Path

import scenes

SIZE = (320, 240)
# Seed and number of shapes, chosen by eye for a clear picture.
PICTURES = {"shapes-1.png": ("demo-4", 4), "shapes-2.png": ("demo-10", 4)}
QUESTIONS = {
    "shapes-1.png": (
        "How many shapes are there?",
        "What colour is the circle?",
        "Describe the picture.",
    ),
    "shapes-2.png": (
        "Is there a yellow star?",
        "How many stars are there?",
        "What is the blue shape?",
    ),
}


def picture(seed, count):
    scene = scenes.scene(random.Random(seed), count, SIZE)
    return scene, scenes.draw(scene, oversampling=8)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for pictures and demo.json")
    folder = parser.parse_args().out
    for name, (seed, count) in PICTURES.items():
        picture(seed, count)[1].save(folder / name, optimize=True)
    listing = [{"picture": name, "questions": asked} for name, asked in QUESTIONS.items()]
    (folder / "demo.json").write_text(json.dumps(listing, indent=2) + "\n")


if __name__ == "__main__":
    main()
