"""What each patch of the grid should know: the thing over it, its turn in the answer, its box."""

import numpy

import scenes
from detector import architecture, tasks

GRID = architecture.GRID
NOT_A_TARGET = -100


def of_patches(scene):
    """name (0 for none), turn [patches] and box [patches, 4]; turn and box only under a thing."""
    names = numpy.zeros((GRID, GRID), dtype=numpy.int64)
    turns = numpy.full((GRID, GRID), NOT_A_TARGET, dtype=numpy.int64)
    boxes = numpy.full((GRID, GRID, 4), NOT_A_TARGET, dtype=numpy.int64)
    rows, columns = numpy.mgrid[0:GRID, 0:GRID] + 0.5
    for turn, thing in enumerate(tasks.in_order(scene)):
        across = (columns / GRID * scene.width - thing.x) / thing.radius
        down = (rows / GRID * scene.height - thing.y) / thing.radius
        covered = across**2 + down**2 < 0.8
        covered[int(GRID * thing.y / scene.height), int(GRID * thing.x / scene.width)] = True
        kind = scenes.SHAPES.index(thing.shape) * len(scenes.COLOURS)
        names[covered] = kind + scenes.COLOURS.index(thing.colour) + 1
        turns[covered] = turn
        boxes[covered] = tasks.places(scene, thing)
    return names.ravel(), turns.ravel(), boxes.reshape(-1, 4)
