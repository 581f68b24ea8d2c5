"""Training pictures, drawn once and kept as arrays, and batches of questions about them."""

import multiprocessing
import pickle
import random
from pathlib import Path

import numpy
import torch
from torchvision.transforms import InterpolationMode
from torchvision.transforms.v2 import functional

import checkpoint
import questions
import scenes

SIDE, PATCH, GRID = checkpoint.SIDE, checkpoint.PATCH, checkpoint.GRID
NOT_A_TARGET = -100
# What a patch can know the number of: all things, and those that are like the thing over it.
COUNTED = (
    lambda thing, other: True,
    lambda thing, other: thing.shape == other.shape,
    lambda thing, other: thing.colour == other.colour,
    lambda thing, other: thing.name == other.name,
)


def pixels_of(picture) -> torch.Tensor:
    """uint8 [3, SIDE, SIDE], resized as the image processor of the checkpoint does it."""
    tensor = functional.pil_to_tensor(picture)
    return functional.resize(
        tensor, [SIDE, SIDE], interpolation=InterpolationMode.BICUBIC, antialias=True
    )


def _drawn(seed):
    scene = scenes.scene(random.Random(seed))
    return scene, pixels_of(scenes.draw(scene)).numpy()


def draw(name, count, folder: Path):
    """Scenes and uint8 pixels [count, 3, SIDE, SIDE]; drawn on the first call, then read."""
    stored = folder / f"{name}-{count}.npy"
    titles = stored.with_suffix(".pickle")
    if not titles.exists():
        torch.set_num_threads(1)
        with multiprocessing.Pool(2) as workers:
            seeds = (f"{name}-{index}" for index in range(count))
            drawn = list(workers.imap(_drawn, seeds, chunksize=256))
        torch.set_num_threads(2)
        numpy.save(stored, numpy.stack([pixels for _, pixels in drawn]))
        titles.write_bytes(pickle.dumps([scene for scene, _ in drawn]))
    return pickle.loads(titles.read_bytes()), numpy.load(stored, mmap_mode="r")


def normalised(pixels) -> torch.Tensor:
    return torch.from_numpy(pixels).float() / 127.5 - 1


def patch_targets(scene):
    """For every patch the thing over it (0 for none), whether the thing's centre is in it, its
    ninth of the picture, and how many things of each of COUNTED there are."""
    names = numpy.zeros((GRID, GRID), dtype=numpy.int64)
    centres = numpy.zeros((GRID, GRID), dtype=numpy.float32)
    ninths = numpy.full((GRID, GRID), NOT_A_TARGET, dtype=numpy.int64)
    counts = numpy.full((GRID, GRID, len(COUNTED)), NOT_A_TARGET, dtype=numpy.int64)
    counts[..., 0] = len(scene.things)
    rows, columns = numpy.mgrid[0:GRID, 0:GRID] + 0.5
    for thing in scene.things:
        across = (columns / GRID * scene.width - thing.x) / thing.radius
        down = (rows / GRID * scene.height - thing.y) / thing.radius
        row, column = (int(GRID * thing.y / scene.height), int(GRID * thing.x / scene.width))
        kind = scenes.SHAPES.index(thing.shape) * len(scenes.COLOURS)
        kind += scenes.COLOURS.index(thing.colour) + 1
        covered = across**2 + down**2 < 0.8
        covered[row, column] = True
        names[covered] = kind
        ninths[covered] = 3 * scene.cell(thing)[0] + scene.cell(thing)[1]
        counts[covered] = [sum(like(thing, other) for other in scene.things) for like in COUNTED]
        centres[row, column] = 1
    return names.ravel(), centres.ravel(), ninths.ravel(), counts.reshape(-1, len(COUNTED))


class Dialogues:
    """Packs many questions about each picture behind one shared picture prefix."""

    def __init__(self, words, length):
        self._words, self._length, self._ids = words, length, {}
        self._special = {mark: words.convert_tokens_to_ids(mark) for mark in checkpoint.SPECIAL}

    def _encode(self, text):
        if text not in self._ids:
            self._ids[text] = self._words(text).input_ids
        return self._ids[text]

    def _prefix(self, system, picture):
        mark = self._special
        ids = [mark[checkpoint.BEGIN]]
        if system:
            ids += [mark[checkpoint.SYSTEM], *self._encode(system), mark[checkpoint.END]]
        ids.append(mark[checkpoint.USER])
        return ids + [mark[checkpoint.IMAGE]] * (checkpoint.IMAGE_TOKENS if picture else 0)

    def _turn(self, question, answer):
        mark = self._special
        asked = [*self._encode(question), mark[checkpoint.END], mark[checkpoint.ASSISTANT]]
        said = [*self._encode(answer), mark[checkpoint.END]]
        return asked + said, [NOT_A_TARGET] * len(asked) + said

    def _block(self, rng, kinds, scene, picture):
        """One conversation of one turn, or of two now and then."""
        ids, targets = [], []
        turns = 2 if rng.random() < 0.12 else 1
        while turns:
            pair = questions.ask(rng, kinds(), scene)
            if pair is None:
                continue
            answer = pair[1] if picture else checkpoint.NO_PICTURE
            if ids:
                ids.append(self._special[checkpoint.USER])
                targets.append(NOT_A_TARGET)
            more = self._turn(pair[0], answer)
            ids, targets, turns = ids + more[0], targets + more[1], turns - 1
        return ids, targets

    def _row(self, rng, scene, prefix, picture):
        ids, targets = list(prefix), [NOT_A_TARGET] * len(prefix)
        places, blocks = list(range(len(prefix))), [0] * len(prefix)
        order = list(questions.KINDS) + list(questions.HARD)
        rng.shuffle(order)
        while True:
            def next_kind():
                order.append(order.pop(0))
                return order[-1]

            more, wanted = self._block(rng, next_kind, scene, picture)
            if len(ids) + len(more) > self._length:
                return ids, targets, places, blocks
            ids, targets = ids + more, targets + wanted
            places += range(len(prefix), len(prefix) + len(more))
            blocks += [blocks[-1] + 1] * len(more)

    def batch(self, rng, batch_scenes, picture=True):
        """ids, targets, positions, conversations [rows, length], mask [rows, 1, length, length].

        Every conversation sees the prefix and itself, never another conversation.
        """
        system = rng.choice(checkpoint.SYSTEM_PROMPTS) if rng.random() < 0.08 else ""
        prefix = self._prefix(system, picture)
        rows = [self._row(rng, scene, prefix, picture) for scene in batch_scenes]
        width = max(len(row[0]) for row in rows)
        fill = (self._special[checkpoint.PAD], NOT_A_TARGET, 0, -1)
        ids, targets, places, blocks = (
            torch.tensor([row[part] + [fill[part]] * (width - len(row[0])) for row in rows])
            for part in range(4)
        )
        same = blocks[:, :, None] == blocks[:, None, :]
        seen = same | ((blocks == 0)[:, None, :] & (blocks >= 0)[:, :, None])
        mask = seen & torch.ones(width, width).tril().bool()
        return ids, targets, places, blocks, mask[:, None]
