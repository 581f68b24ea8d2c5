"""Writes held-out pictures with the true boxes, and asks the checkpoint for all shapes in them.

The folder gets picture-NNNN.png and boxes.json. A picture is right if there is one answer for
every shape, with its name and a box that overlaps the true one by 0.7 (intersection over union),
and no answer more.
"""

import argparse
import json
import random
from pathlib import Path

import torch
from PIL import Image
from transformers import AutoProcessor, Florence2ForConditionalGeneration

import scenes
from detector import tasks

TASK = "<OD>"
OVERLAP = 0.7


def write(folder: Path, pictures: int):
    folder.mkdir(parents=True, exist_ok=True)
    entries = []
    for index in range(pictures):
        scene = scenes.scene(random.Random(f"held-out-{index}"), most=scenes.MOST)
        name = f"picture-{index:04d}.png"
        scenes.draw(scene).save(folder / name)
        things = tasks.in_order(scene)
        entries.append(
            {
                "picture": name,
                "labels": [thing.name for thing in things],
                "bboxes": [scenes.box(thing) for thing in things],
            }
        )
    (folder / "boxes.json").write_text(json.dumps(entries, indent=1) + "\n")
    return entries


def ask(folder: Path, entries, checkpoint: Path):
    """Labels and boxes in pixels of each picture, as the library's post-processing gives them."""
    processor = AutoProcessor.from_pretrained(checkpoint)
    network = Florence2ForConditionalGeneration.from_pretrained(checkpoint, dtype=torch.float32)
    for entry in entries:
        picture = Image.open(folder / entry["picture"])
        ids = network.generate(**processor(text=TASK, images=picture, return_tensors="pt"))
        text = processor.batch_decode(ids, skip_special_tokens=False)[0]
        said = processor.post_process_generation(text, task=TASK, image_size=picture.size)
        yield said[TASK]


def _area(box):
    return max(0, box[2] - box[0]) * max(0, box[3] - box[1])


def overlap(one, other):
    """Intersection over union."""
    low = [max(a, b) for a, b in zip(one[:2], other[:2])]
    high = [min(a, b) for a, b in zip(one[2:], other[2:])]
    both = _area(low + high)
    return both / (_area(one) + _area(other) - both)


def found(truth, said):
    """For each true thing the best overlap with an answer of its name; answers serve once."""
    free = list(zip(said["labels"], said["bboxes"]))
    best = []
    for label, box in zip(truth["labels"], truth["bboxes"]):
        fitting = [answer for answer in free if answer[0] == label]
        chosen = max(fitting, key=lambda answer: overlap(box, answer[1]), default=None)
        best.append(0.0 if chosen is None else overlap(box, chosen[1]))
        if chosen is not None:
            free.remove(chosen)
    return best


def report(entries, answers):
    right, shapes = 0, []
    for entry, said in zip(entries, answers, strict=True):
        best = found(entry, said)
        shapes += best
        good = len(said["labels"]) == len(best) and all(share >= OVERLAP for share in best)
        right += good
        if not good:
            print(f"{entry['picture']} {entry['labels']} -> {said['labels']}", end=" ")
            print([round(share, 2) for share in best])
    good = [share for share in shapes if share >= OVERLAP]
    print(f"pictures with every shape found and nothing else: {100 * right / len(entries):.1f} %")
    print(f"shapes found: {100 * len(good) / len(shapes):.1f} % of {len(shapes)}")
    print(f"mean overlap of those found: {sum(good) / max(1, len(good)):.3f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for pictures and boxes")
    parser.add_argument("--pictures", type=int, default=200)
    parser.add_argument("--checkpoint", type=Path, help="also ask this checkpoint")
    options = parser.parse_args()
    entries = write(options.out, options.pictures)
    if options.checkpoint:
        report(entries, ask(options.out, entries, options.checkpoint))


if __name__ == "__main__":
    main()
