"""Trains the built-in model on pictures that it draws. See README.md.

In stages, because training everything at once from random weights does not get going: the vision
tower learns what lies under each patch, then projector and text model learn to answer from the
tower's features, then all learn together. The last stage, which keeps a running mean of the
weights, can also be put on top of a finished checkpoint (--start).
"""

import random
import time
from pathlib import Path

import numpy
import torch
from torch import distributed, nn
from torch.nn import functional
from transformers import LlavaForConditionalGeneration

import checkpoint
import pool
from lessons import SEED, Lessons, Stage, arguments, together
from scenes import COLOURS, MOST, SHAPES

PICTURES = 60_000
TOWER = Stage("tower", 800, 32, 2e-3)
TEXT = Stage("text", 300, 16, 2e-3)
WHOLE = Stage("whole", 1_800, 16, 1.5e-3)
LAST = Stage("last", 700, 16, 1.2e-3)
FINAL = Stage("final", 500, 16, 1.2e-3)
POLISH = Stage("polish", 450, 16, 7e-4)
REFINE = Stage("refine", 800, 16, 8e-4, averaged=True)
# Only with --start: a checkpoint has no patch head, so a new one learns to read its tower.
HEAD = Stage("head", 150, 32, 2e-3)
# Pictures whose patches are looked at for each one that is also asked about: that is cheap.
SEEN_PER_ASKED = 3
LENGTH = 240


def start_weights(network):
    """Weights of a scale that suits the small width; the library's default is for large ones."""
    for part in (network.model.multi_modal_projector, network.model.language_model):
        for module in part.modules():
            if isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, std=module.in_features**-0.5)
            elif isinstance(module, nn.Embedding):
                nn.init.normal_(module.weight, std=0.05)


def features(network, pixels):
    """What the checkpoint takes from its tower: the last hidden state before the final norm."""
    tower = network.model.vision_tower
    return tower.encoder(inputs_embeds=tower.embeddings(pixels)).last_hidden_state


class PatchHead(nn.Module):
    """Reads from patch features what pool.patch_targets has; not part of the checkpoint."""

    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(checkpoint.VISION_WIDTH)
        self.name = nn.Linear(checkpoint.VISION_WIDTH, len(SHAPES) * len(COLOURS) + 1)
        self.centre = nn.Linear(checkpoint.VISION_WIDTH, 1)
        self.ninth = nn.Linear(checkpoint.VISION_WIDTH, 9)
        self.counts = nn.Linear(checkpoint.VISION_WIDTH, len(pool.COUNTED) * (MOST + 1))

    def forward(self, hidden):
        normed = self.norm(hidden)
        counts = self.counts(normed).unflatten(-1, (len(pool.COUNTED), MOST + 1))
        return self.name(normed), self.centre(normed)[..., 0], self.ninth(normed), counts


class Training:
    def __init__(self, work: Path, start: Path | None):
        self.work = work
        torch.manual_seed(SEED)
        self.words = checkpoint.tokenizer()
        self.network = checkpoint.model(self.words)
        if start is None:
            start_weights(self.network)
        else:
            stored = LlavaForConditionalGeneration.from_pretrained(start, dtype=torch.float32)
            self.network.load_state_dict(stored.state_dict())
        self.scenes, self.pixels = pool.draw("train", PICTURES, work)
        self.usable = [i for i, scene in enumerate(self.scenes) if len(scene.things) <= MOST]
        self.dialogues = pool.Dialogues(self.words, LENGTH)
        self.head = PatchHead()
        self.right = self.asked = 0

    def _draw_batch(self, rng, size):
        chosen = [rng.choice(self.usable) for _ in range(size)]
        return [self.scenes[i] for i in chosen], pool.normalised(self.pixels[chosen])

    def _rate(self):
        share = f"right {self.right / max(1, self.asked):.4f}"
        self.right = self.asked = 0
        return share

    def _count(self, right, conversations):
        """A conversation is right if every token of its answers is."""
        wrong = len(conversations[~right].unique())
        self.asked += len(conversations.unique())
        self.right += len(conversations.unique()) - wrong

    def _patch_loss(self, scenes, hidden):
        targets = [pool.patch_targets(scene) for scene in scenes]
        names, centres, ninths, counts = (
            torch.from_numpy(numpy.stack([target[part] for target in targets])) for part in range(4)
        )
        named, centred, placed, counted = self.head(hidden)
        self.patch_rate = float((named.argmax(-1) == names)[names > 0].float().mean())
        self.count_rate = float((counted.argmax(-1) == counts)[counts >= 0].float().mean())
        return (
            functional.cross_entropy(named.flatten(0, 1), names.flatten())
            + functional.binary_cross_entropy_with_logits(centred, centres)
            + functional.cross_entropy(placed.flatten(0, 1), ninths.flatten())
            + functional.cross_entropy(counted.flatten(0, 2), counts.flatten())
        )

    def _patch_rate(self):
        return f"names {self.patch_rate:.3f} counts {self.count_rate:.3f}"

    def _tower_loss(self, rng, size):
        scenes, pixels = self._draw_batch(rng, size)
        return self._patch_loss(scenes, features(self.network, pixels))

    def tower(self):
        modules = nn.ModuleList([self.network.model.vision_tower, self.head])
        Lessons(TOWER, modules, self.work).run(self._tower_loss, self._patch_rate)

    def read(self):
        """Teaches the new patch head what the finished tower of a checkpoint shows."""
        self.network.requires_grad_(False)
        Lessons(HEAD, self.head, self.work).run(self._tower_loss, self._patch_rate)

    def _answer_loss(self, rng, size, tower_learns):
        scenes, pixels = self._draw_batch(rng, size * SEEN_PER_ASKED if tower_learns else size)
        picture = rng.random() >= 0.02
        ids, targets, places, blocks, mask = self.dialogues.batch(rng, scenes[:size], picture)
        text, loss = self.network.model.language_model, 0
        inputs = text.embed_tokens(ids)
        if picture:
            with torch.set_grad_enabled(tower_learns):
                seen = features(self.network, pixels)
            loss = self._patch_loss(scenes, seen) if tower_learns else 0
            seen = self.network.model.multi_modal_projector(seen[:size])
            inputs = inputs.masked_scatter((ids == self.image_id)[..., None], seen)
        hidden = text(
            inputs_embeds=inputs, attention_mask=mask, position_ids=places, use_cache=False
        ).last_hidden_state
        wanted = targets[:, 1:] >= 0
        scores = self.network.lm_head(hidden[:, :-1][wanted])
        truth = targets[:, 1:][wanted]
        rows = torch.arange(size)[:, None] * LENGTH + blocks
        self._count(scores.argmax(-1) == truth, rows[:, 1:][wanted])
        return functional.cross_entropy(scores, truth) + loss

    @property
    def image_id(self):
        return self.words.convert_tokens_to_ids(checkpoint.IMAGE)

    def text(self):
        self.network.model.vision_tower.requires_grad_(False)
        Lessons(TEXT, self.network, self.work).run(
            lambda rng, size: self._answer_loss(rng, size, False), self._rate
        )

    def whole(self, stage):
        self.network.requires_grad_(True)
        Lessons(stage, nn.ModuleList([self.network, self.head]), self.work).run(
            lambda rng, size: self._answer_loss(rng, size, True),
            lambda: f"{self._rate()} {self._patch_rate()}",
        )


def teach(options):
    training = Training(options.work, options.start)
    if options.start is None:
        training.tower()
        training.text()
        for stage in (WHOLE, LAST, FINAL, POLISH):
            training.whole(stage)
    else:
        training.read()
    training.whole(REFINE)
    if distributed.get_rank() == 0:
        checkpoint.save(training.network, training.words, options.out)


def main():
    parser = arguments(__doc__)
    parser.add_argument("--start", type=Path, help="checkpoint to refine, instead of all stages")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    began = time.time()
    pool.draw("train", PICTURES, options.work)
    print(f"pictures ready {time.time() - began:.0f} s", flush=True)
    together(teach, options)
    print(f"trained in {(time.time() - began) / 60:.1f} minutes")


if __name__ == "__main__":
    main()
