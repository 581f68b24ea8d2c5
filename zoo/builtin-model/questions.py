"""Questions about a scene with their exact answers, one function for each kind."""

import random
from collections import Counter

from scenes import COLOURS, SHAPES, Scene

_NO_SHAPES = "There are no shapes."


def _plural(name, count):
    return name if count == 1 else name + "s"


def _there_are(count, name):
    if count == 0:
        return f"There are no {name}s."
    return f"There {'is' if count == 1 else 'are'} {count} {_plural(name, count)}."


def _article(name):
    return ("an " if name[0] in "aeiou" else "a ") + name


def _pick(rng, options, like, share):
    """One of options; with the given chance one of those that are like what is wanted."""
    fitting = [option for option in options if like(option)]
    if fitting and rng.random() < share:
        return rng.choice(fitting)
    return rng.choice(options)


def count_all(rng, scene: Scene):
    question = rng.choice(
        (
            "How many shapes are there?",
            "How many shapes are in the picture?",
            "How many shapes do you see?",
            "How many shapes are there in this picture?",
        )
    )
    return question, _there_are(len(scene.things), "shape")


def _count_question(rng, name):
    return rng.choice(
        (
            f"How many {name}s are there?",
            f"How many {name}s are in the picture?",
            f"How many {name}s do you see?",
            f"How many {name}s are there in this picture?",
        )
    )


def count_colour(rng, scene: Scene):
    counts = Counter(thing.colour for thing in scene.things)
    colour = _pick(rng, COLOURS, lambda c: counts[c] > 0, 0.75)
    name = f"{colour} shape"
    return _count_question(rng, name), _there_are(counts[colour], name)


def count_shape(rng, scene: Scene):
    counts = Counter(thing.shape for thing in scene.things)
    shape = _pick(rng, SHAPES, lambda s: counts[s] > 0, 0.75)
    return _count_question(rng, shape), _there_are(counts[shape], shape)


def colour_of_shape(rng, scene: Scene):
    """Only about a shape that is there once or not at all."""
    counts = Counter(thing.shape for thing in scene.things)
    askable = [shape for shape in SHAPES if counts[shape] <= 1]
    if not askable:
        return None
    shape = _pick(rng, askable, lambda s: counts[s] == 1, 0.85)
    question = rng.choice(
        (
            f"What colour is the {shape}?",
            f"What color is the {shape}?",
            f"Which colour is the {shape}?",
            f"Which color does the {shape} have?",
        )
    )
    for thing in scene.things:
        if thing.shape == shape:
            return question, f"The {shape} is {thing.colour}."
    return question, f"There is no {shape}."


def shape_of_colour(rng, scene: Scene):
    """Only about a colour that is there once or not at all."""
    counts = Counter(thing.colour for thing in scene.things)
    askable = [colour for colour in COLOURS if counts[colour] <= 1]
    if not askable:
        return None
    colour = _pick(rng, askable, lambda c: counts[c] == 1, 0.85)
    question = rng.choice(
        (
            f"What is the {colour} shape?",
            f"Which shape is {colour}?",
            f"What shape is {colour}?",
            f"What is {colour}?",
        )
    )
    for thing in scene.things:
        if thing.colour == colour:
            return question, f"The {colour} shape is a {thing.shape}."
    return question, f"There is no {colour} shape."


def place(rng, scene: Scene):
    """Only about a thing that is there once, well inside its ninth of the picture, or absent."""
    name_of = rng.choice((lambda t: t.name, lambda t: t.shape))
    counts = Counter(name_of(thing) for thing in scene.things)
    clear = [t for t in scene.things if counts[name_of(t)] == 1 and scene.margin(t) >= 0.03]
    if clear and rng.random() < 0.88:
        thing = rng.choice(clear)
        name, answer = name_of(thing), f"The {name_of(thing)} is {scene.place(thing)}."
    else:
        name = rng.choice(SHAPES)
        if rng.random() < 0.5:
            name = f"{rng.choice(COLOURS)} {name}"
        if any(name in (thing.name, thing.shape) for thing in scene.things):
            return None
        answer = f"There is no {name}."
    question = rng.choice(
        (
            f"Where is the {name}?",
            f"Where is the {name} in the picture?",
            f"Where do you see the {name}?",
        )
    )
    return question, answer


def presence(rng, scene: Scene):
    """Yes and no alike often; a no mostly about a colour and a shape that are both there."""
    there = {thing.name for thing in scene.things}
    if there and rng.random() < 0.5:
        name = rng.choice(sorted(there))
    else:
        colours = {thing.colour for thing in scene.things}
        shapes = {thing.shape for thing in scene.things}
        absent = [f"{c} {s}" for c in COLOURS for s in SHAPES if f"{c} {s}" not in there]
        near = rng.choice((2, 2, 1))
        name = _pick(
            rng, absent, lambda n: (n.split()[0] in colours) + (n.split()[1] in shapes) >= near, 0.8
        )
    question = rng.choice(
        (
            f"Is there {_article(name)}?",
            f"Is there {_article(name)} in the picture?",
            f"Do you see {_article(name)}?",
        )
    )
    if name in there:
        return question, f"Yes, there is {_article(name)}."
    return question, f"No, there is no {name}."


def describe(rng, scene: Scene):
    """Lists the things by shape and then colour, in the order of SHAPES and COLOURS."""
    question = rng.choice(
        (
            "What is in this picture?",
            "What is in the picture?",
            "What do you see?",
            "Describe the picture.",
            "Describe this picture.",
            "Describe this image.",
        )
    )
    counts = Counter((thing.shape, thing.colour) for thing in scene.things)
    parts = []
    for shape in SHAPES:
        for colour in COLOURS:
            count, name = counts[shape, colour], f"{colour} {shape}"
            if count:
                parts.append(_article(name) if count == 1 else f"{count} {name}s")
    if not parts:
        return question, _NO_SHAPES
    text = parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
    return question, text[0].upper() + text[1:] + "."


KINDS = {
    "count all": count_all,
    "count by colour": count_colour,
    "count by shape": count_shape,
    "colour of a shape": colour_of_shape,
    "shape of a colour": shape_of_colour,
    "place": place,
    "presence": presence,
    "describe": describe,
}

# Asked more often in training, once more for each time they stand here.
HARD = ("count all", "count by colour", "count by shape", "place", "place", "describe", "describe")


def careless(rng, question):
    """The same question as typed in a hurry: small first letter, no question mark."""
    if rng.random() < 0.6:
        question = question[0].lower() + question[1:]
    if rng.random() < 0.6:
        question = question.rstrip("?.")
    return question


def ask(rng: random.Random, kind: str, scene: Scene):
    """A question of the kind with its answer, or None where the scene allows none."""
    pair = KINDS[kind](rng, scene)
    if pair is None:
        return None
    question, answer = pair
    if rng.random() < 0.1:
        question = careless(rng, question)
    return question, answer
