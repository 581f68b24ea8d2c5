"""Trains the built-in detector on pictures that it draws. See README.md.

Three stages: the tower learns which shape and colour is under each patch; then the encoder learns
also which turn in the answer it has and where its box ends, in the very vectors that stand for
location tokens, and the decoder learns to say it; at last the boxes count more.
"""

import random
import time
from pathlib import Path

import numpy
import torch
from torch import distributed, nn
from torch.nn import functional
from torchvision.transforms import InterpolationMode
from torchvision.transforms.v2 import functional as picture_functional

import scenes
from detector import architecture, targets, tasks
from lessons import SEED, Lessons, Stage, arguments, together

LOOK = Stage("look", 250, 32, 2e-3)
SAY = Stage("say", 700, 32, 1.5e-3, averaged=True)
PLACE = Stage("place", 400, 32, 1.2e-3, averaged=True)
# Boxes are much harder than names; at full weight they drive colours and shapes out, until those
# are known for sure.
FIRST_BOX_WEIGHT, LAST_BOX_WEIGHT = 0.3, 1.5
# Shares of the tasks.
SHARES = (0.6, 0.15, 0.25)
# A location that is off by this many thousandths is nearly as good as the right one.
SPREAD = 4
# Wavelengths, in thousandths, of the waves that locations are made of: the shortest resolves a pixel.
LONGEST, SHORTEST, WAVES = 2_000, 20, 24


class Locations(nn.Module):
    """The embeddings of words and locations, the latter mixed from waves: neighbours are alike."""

    def __init__(self, embedding, first):
        super().__init__()
        self.first, end = first, first + tasks.PLACES
        self.before = nn.Parameter(embedding.weight[:first].detach().clone())
        self.after = nn.Parameter(embedding.weight[end:].detach().clone())
        lengths = numpy.geomspace(LONGEST, SHORTEST, WAVES)
        angles = 2 * numpy.pi * numpy.arange(tasks.PLACES)[:, None] / lengths
        waves = numpy.concatenate([numpy.sin(angles), numpy.cos(angles)], 1)
        self.register_buffer("waves", torch.from_numpy(waves).float(), persistent=False)
        self.mix = nn.Parameter(torch.randn(2 * WAVES, architecture.WIDTH) * 0.5 / WAVES**0.5)

    def places(self):
        return self.waves @ self.mix

    def table(self):
        return torch.cat([self.before, self.places(), self.after])


def spread():
    """[PLACES, PLACES] the wanted distribution over locations for each right one."""
    places = torch.arange(tasks.PLACES)
    off = (places[:, None] - places[None, :]) / SPREAD
    return torch.softmax(-0.5 * off**2, 1)


class NameHead(nn.Module):
    """Reads names from patches."""

    def __init__(self):
        super().__init__()
        names = len(scenes.SHAPES) * len(scenes.COLOURS)
        self.name = nn.Linear(architecture.WIDTH, names + 1)
        self.right = 0.0

    def loss(self, hidden, names):
        named, under = self.name(hidden), names > 0
        self.right = float((named.argmax(-1) == names)[under].float().mean())
        # Once more where there is something: most patches show the ground.
        return functional.cross_entropy(named.flatten(0, 1), names.flatten()) + (
            functional.cross_entropy(named[under], names[under])
        )


class BoxHead(nn.Module):
    """Reads turns and boxes from patches."""

    def __init__(self):
        super().__init__()
        self.turn = nn.Linear(architecture.WIDTH, scenes.MOST)
        self.box = nn.Linear(architecture.WIDTH, 4 * architecture.WIDTH)
        self.right = self.off = 0.0

    def loss(self, hidden, turns, boxes, places, wanted, box_weight):
        under = turns >= 0
        there, boxes = hidden[under], boxes[under]
        scores = self.box(there).unflatten(-1, (4, -1)) @ places.T
        self.right = float((self.turn(there).argmax(-1) == turns[under]).float().mean())
        self.off = float((scores.argmax(-1) - boxes).abs().float().mean())
        off = functional.cross_entropy(scores.flatten(0, 1), wanted[boxes.flatten()])
        return functional.cross_entropy(self.turn(there), turns[under]) + box_weight * off


def start_weights(network):
    """Weights of a scale that suits the small width; the library's default is for large ones."""
    for module in network.modules():
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=module.in_features**-0.5)
        elif isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, std=0.1)


class Training:
    def __init__(self):
        torch.manual_seed(SEED)
        self.words = architecture.tokenizer()
        self.network = architecture.model(self.words)
        start_weights(self.network)
        self.ids = {}
        first = self.words.convert_tokens_to_ids("<loc_0>")
        self.locations = Locations(self.network.get_input_embeddings(), first)
        self.early, self.late, self.boxes = NameHead(), NameHead(), BoxHead()
        self.wanted = spread()
        self.modules = nn.ModuleList(
            [self.network, self.locations, self.early, self.late, self.boxes]
        )
        # The table of the checkpoint is written once, at the end.
        self.network.get_input_embeddings().weight.requires_grad_(False)
        self.right = self.asked = 0
        self.box_weight = FIRST_BOX_WEIGHT

    def _encode(self, text):
        if "<loc_" in text:
            return self.words(text, add_special_tokens=False).input_ids
        if text not in self.ids:
            self.ids[text] = self.words(text, add_special_tokens=False).input_ids
        return self.ids[text]

    def _padded(self, rows, fill):
        width = max(map(len, rows))
        return torch.tensor([row + [fill] * (width - len(row)) for row in rows])

    def _draw_batch(self, rng, size):
        drawn = [scenes.scene(rng, most=scenes.MOST) for _ in range(size)]
        pixels = [pixels_of(scenes.draw(scene)) for scene in drawn]
        return drawn, torch.stack(pixels).float() / 127.5 - 1

    def _look_loss(self, rng, size):
        drawn, pixels = self._draw_batch(rng, size)
        seen = self.network.get_image_features(pixels).pooler_output
        return self.early.loss(seen[:, 1:], self._truth(drawn)[0])

    def _encoded(self, pixels, prompts, table):
        """Features of the picture, what the encoder makes of them and the prompts, and the mask."""
        begin, end = self.words.bos_token_id, self.words.eos_token_id
        pad = self.words.pad_token_id
        ids = self._padded([[begin, *self._encode(text), end] for text in prompts], pad)
        seen = self.network.get_image_features(pixels).pooler_output
        inputs = torch.cat([seen, functional.embedding(ids, table)], 1)
        mask = torch.cat([torch.ones(seen.shape[:2], dtype=torch.long), (ids != pad).long()], 1)
        encoder = self.network.model.language_model.encoder
        return seen, encoder(inputs_embeds=inputs, attention_mask=mask).last_hidden_state, mask

    def _truth(self, drawn):
        parts = [targets.of_patches(scene) for scene in drawn]
        return [torch.from_numpy(numpy.stack([part[i] for part in parts])) for i in range(3)]

    def _patch_loss(self, drawn, seen, hidden):
        names, turns, boxes = self._truth(drawn)
        patches = hidden[:, 1 : architecture.IMAGE_TOKENS]
        return (
            self.early.loss(seen[:, 1:], names)
            + self.late.loss(patches, names)
            + self.boxes.loss(
                patches, turns, boxes, self.locations.places(), self.wanted, self.box_weight
            )
        )

    def _tasks(self, rng, size):
        return rng.choices(tasks.ALL, SHARES, k=size)

    def _say_loss(self, rng, size):
        drawn, pixels = self._draw_batch(rng, size)
        pairs = [task(rng, scene) for scene, task in zip(drawn, self._tasks(rng, size))]
        table = self.locations.table()
        seen, hidden, mask = self._encoded(pixels, [asked for asked, _ in pairs], table)
        begin, end = self.words.bos_token_id, self.words.eos_token_id
        rows = [[end, begin, *self._encode(said), end] for _, said in pairs]
        ids = self._padded(rows, self.words.pad_token_id)
        truth = self._padded([row[2:] for row in rows], targets.NOT_A_TARGET)
        said = self.network.model.language_model.decoder(
            inputs_embeds=functional.embedding(ids[:, :-1], table),
            encoder_hidden_states=hidden,
            encoder_attention_mask=mask,
            use_cache=False,
        ).last_hidden_state
        # What follows the start is forced; every later token is learned.
        known = truth >= 0
        scores, truth = said[:, 1:][known] @ table.T, truth[known]
        return self._answer_loss(scores, truth) + self._patch_loss(drawn, seen, hidden)

    def _answer_loss(self, scores, truth):
        place = truth - self.locations.first
        is_place = (place >= 0) & (place < tasks.PLACES)
        near = (scores.argmax(-1) - truth).abs() <= torch.where(is_place, 10, 0)
        self.right += int(near.sum())
        self.asked += len(truth)
        logs = functional.log_softmax(scores, -1)
        ours = slice(self.locations.first, self.locations.first + tasks.PLACES)
        hard = -logs[~is_place].gather(1, truth[~is_place][:, None]).sum()
        soft = -(logs[is_place][:, ours] * self.wanted[place[is_place]]).sum()
        return (hard + self.box_weight * soft) / len(truth)

    def _report(self):
        said = self.right / max(1, self.asked)
        self.right = self.asked = 0
        named = f"names {self.early.right:.3f} {self.late.right:.3f}"
        return f"said {said:.4f} {named} turns {self.boxes.right:.3f} off {self.boxes.off:.1f}"

    def run(self, work: Path):
        Lessons(LOOK, self.modules, work).run(self._look_loss, self._report)
        Lessons(SAY, self.modules, work).run(self._say_loss, self._report)
        self.box_weight = LAST_BOX_WEIGHT
        Lessons(PLACE, self.modules, work).run(self._say_loss, self._report)

    def finished(self):
        with torch.no_grad():
            self.network.get_input_embeddings().weight.copy_(self.locations.table())
        return self.network


def pixels_of(picture) -> torch.Tensor:
    """uint8 [3, SIDE, SIDE], resized as the image processor of the checkpoint does it."""
    side = [architecture.SIDE] * 2
    tensor = picture_functional.pil_to_tensor(picture)
    return picture_functional.resize(
        tensor, side, interpolation=InterpolationMode.BICUBIC, antialias=True
    )


def teach(options):
    training = Training()
    training.run(options.work)
    if distributed.get_rank() == 0:
        architecture.save(training.finished(), training.words, options.out)


def main():
    parser = arguments(__doc__)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    began = time.time()
    together(teach, options)
    print(f"trained in {(time.time() - began) / 60:.1f} minutes")


if __name__ == "__main__":
    main()
