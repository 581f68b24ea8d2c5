"""Pictures of coloured shapes, drawn from a seed, with the truth about what they show."""

import colorsys
import math
import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

SHAPES = ("circle", "square", "triangle", "star")
COLOURS = ("red", "orange", "yellow", "green", "blue", "purple")
# What the model claims to handle; with more it miscounts.
MOST = 4
ROWS = ("top", "middle", "bottom")
COLUMNS = ("left", "centre", "right")

# Hue in degrees, saturation and value ranges that people would all call by that name.
_HSV = {
    "red": ((-8, 6), (0.80, 1.0), (0.75, 1.0)),
    "orange": ((24, 38), (0.88, 1.0), (0.92, 1.0)),
    "yellow": ((51, 61), (0.75, 1.0), (0.92, 1.0)),
    "green": ((105, 145), (0.65, 1.0), (0.48, 1.0)),
    "blue": ((212, 242), (0.72, 1.0), (0.65, 1.0)),
    "purple": ((270, 302), (0.60, 1.0), (0.45, 0.80)),
}
_OVERSAMPLING = 2
# Circles are drawn a little smaller than the circle around the other shapes.
_ROUND = 0.92


@dataclass(frozen=True)
class Thing:
    """One shape. Centre and radius are pixels of the finished picture."""

    shape: str
    colour: str
    x: float
    y: float
    radius: float
    turn: float
    rgb: tuple

    @property
    def name(self):
        return f"{self.colour} {self.shape}"


@dataclass(frozen=True)
class Scene:
    width: int
    height: int
    background: tuple
    things: tuple

    def cell(self, thing):
        """The third of the picture that holds the centre, as (row, column)."""
        return int(3 * thing.y / self.height), int(3 * thing.x / self.width)

    def margin(self, thing):
        """Distance of the centre from the nearest line between thirds, as a share of the side."""
        across = (abs(thing.x / self.width - line) for line in (1 / 3, 2 / 3))
        down = (abs(thing.y / self.height - line) for line in (1 / 3, 2 / 3))
        return min(*across, *down)

    def place(self, thing):
        row, column = self.cell(thing)
        if row == 1 and column == 1:
            return "in the centre"
        if row == 1:
            return f"on the {COLUMNS[column]}"
        if column == 1:
            return f"at the {ROWS[row]}"
        return f"at the {ROWS[row]} {COLUMNS[column]}"


def _rgb(hue, saturation, value):
    red, green, blue = colorsys.hsv_to_rgb((hue % 360) / 360, saturation, value)
    return round(255 * red), round(255 * green), round(255 * blue)


def _colour(rng, name):
    return _rgb(*(rng.uniform(low, high) for low, high in _HSV[name]))


def _background(rng):
    kind = rng.random()
    if kind < 0.4:
        return _rgb(rng.uniform(0, 360), rng.uniform(0, 0.06), rng.uniform(0.88, 1.0))
    if kind < 0.65:
        return _rgb(rng.uniform(0, 360), rng.uniform(0, 0.4), rng.uniform(0.0, 0.22))
    if kind < 0.75:
        return _rgb(0, 0, rng.choice((0.0, 1.0)))
    return _rgb(rng.uniform(0, 360), rng.uniform(0.06, 0.2), rng.uniform(0.82, 1.0))


def _names(rng, count):
    """Shapes and colours of the things; a narrow choice now and then, so that counts vary."""
    shapes, colours = list(SHAPES), list(COLOURS)
    if rng.random() < 0.4:
        shapes = rng.sample(shapes, rng.choice((1, 2)))
    if rng.random() < 0.4:
        colours = rng.sample(colours, rng.choice((1, 2, 3)))
    return [(rng.choice(shapes), rng.choice(colours)) for _ in range(count)]


def _place(rng, width, height, radius, taken, gap):
    for _ in range(60):
        x = rng.uniform(radius + gap, width - radius - gap)
        y = rng.uniform(radius + gap, height - radius - gap)
        if all(math.hypot(x - t.x, y - t.y) > radius + t.radius + gap for t in taken):
            return x, y
    return None


def _scatter(rng, width, height, names, largest):
    """The things at places where they do not touch, or None where they find no room."""
    side, things = min(width, height), []
    for shape, colour in names:
        radius = side * rng.uniform(0.12, largest)
        spot = _place(rng, width, height, radius, things, side * 0.02)
        if spot is None:
            return None
        turn = {"circle": 0, "star": rng.uniform(-36, 36)}.get(shape, rng.uniform(-12, 12))
        things.append(Thing(shape, colour, *spot, radius, turn, _colour(rng, colour)))
    return things


def scene(rng: random.Random, count=None, size=None, most=5) -> Scene:
    """A random scene of 0 to most (at most 5) shapes that do not touch."""
    if size is None:
        short = rng.randint(120, 360)
        long = round(short * rng.uniform(1.0, 1.6))
        size = (short, long) if rng.random() < 0.4 else (long, short)
    width, height = size
    if count is None:
        count = rng.choices(range(most + 1), (4, 16, 20, 20, 20, 20)[: most + 1])[0]
    names, things, largest = _names(rng, count), None, 0.23
    while things is None:
        things = _scatter(rng, width, height, names, largest)
        largest = max(0.13, largest - 0.02)
    return Scene(width, height, _background(rng), tuple(things))


def _corners(thing):
    """Outline on the circle of the thing's radius; the first corner points up."""
    if thing.shape == "square":
        points = [(45 + 90 * i, 1.0) for i in range(4)]
    elif thing.shape == "triangle":
        points = [(120 * i, 1.0) for i in range(3)]
    else:
        points = [(36 * i, 1.0 if i % 2 == 0 else 0.42) for i in range(10)]
    for degrees, reach in points:
        angle = math.radians(degrees + thing.turn)
        yield (
            thing.x + thing.radius * reach * math.sin(angle),
            thing.y - thing.radius * reach * math.cos(angle),
        )


def box(thing) -> tuple:
    """Left, top, right and bottom of what is drawn, in pixels of the picture."""
    if thing.shape == "circle":
        reach = thing.radius * _ROUND
        return thing.x - reach, thing.y - reach, thing.x + reach, thing.y + reach
    across, down = zip(*_corners(thing))
    return min(across), min(down), max(across), max(down)


def draw(scene: Scene, oversampling=_OVERSAMPLING) -> Image.Image:
    """The picture, anti-aliased by drawing larger and reducing."""
    k = oversampling
    picture = Image.new("RGB", (scene.width * k, scene.height * k), scene.background)
    pen = ImageDraw.Draw(picture)
    for thing in scene.things:
        if thing.shape == "circle":
            x, y, r = thing.x * k, thing.y * k, thing.radius * _ROUND * k
            pen.ellipse((x - r, y - r, x + r, y + r), fill=thing.rgb)
        else:
            pen.polygon([(x * k, y * k) for x, y in _corners(thing)], fill=thing.rgb)
    return picture.reduce(k)
