"""What the detector is asked and answers about a scene, in the texts of the Florence-2 family."""

import scenes
from questions import KINDS

PLACES = 1000
DETECT = "Locate the objects with category name in the image."
CAPTION = "What does the image describe?"
GROUND = "Locate the phrases in the caption: {}"


def in_order(scene):
    """The things by the left edge of their boxes: the order of every answer."""
    return sorted(scene.things, key=lambda thing: scenes.box(thing)[0])


def places(scene, thing):
    """Left, top, right and bottom in thousandths of the picture, rounded down."""
    sides = (scene.width, scene.height) * 2
    return [
        min(PLACES - 1, max(0, int(edge * PLACES / side)))
        for edge, side in zip(scenes.box(thing), sides)
    ]


def _boxes(scene, things):
    return "".join(
        thing.name + "".join(f"<loc_{place}>" for place in places(scene, thing)) for thing in things
    )


def detect(rng, scene):
    """Every thing with its box."""
    return DETECT, _boxes(scene, in_order(scene))


def caption(rng, scene):
    """A list of the things as the other built-in model gives it."""
    return CAPTION, KINDS["describe"](rng, scene)[1]


def ground(rng, scene):
    """The boxes of the things of one name; mostly of a name that is there."""
    there = sorted({thing.name for thing in scene.things})
    if there and rng.random() < 0.85:
        name = rng.choice(there)
    else:
        name = f"{rng.choice(scenes.COLOURS)} {rng.choice(scenes.SHAPES)}"
    named = [thing for thing in in_order(scene) if thing.name == name]
    return GROUND.format(name), _boxes(scene, named)


ALL = (detect, caption, ground)


def texts(rng, scene):
    """All texts without locations, for the vocabulary."""
    for task in ALL:
        asked, said = task(rng, scene)
        yield asked
        yield from (part for part in said.split("<loc_") if ">" not in part)
    yield from (thing.name for thing in scene.things)
