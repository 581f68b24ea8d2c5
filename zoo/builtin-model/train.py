"""Trains the built-in model on pictures that it draws. See README.md.

Three stages, because training everything at once from random weights does not get going: the
vision tower learns what lies under each patch, then projector and text model learn to answer from
the tower's features, then all learn together.
"""

import argparse
import random
import time
from pathlib import Path

import numpy
import torch
from torch import distributed, multiprocessing, nn
from torch.nn import functional

import checkpoint
import pool
from muon import Muon
from scenes import COLOURS, MOST, SHAPES

SEED = 20
PICTURES = 60_000
WORKERS = 2
# Name, steps, pictures in a step, highest learning rate.
TOWER = ("tower", 800, 32, 2e-3)
TEXT = ("text", 300, 16, 2e-3)
WHOLE = ("whole", 1_800, 16, 1.5e-3)
LAST = ("last", 700, 16, 1.2e-3)
FINAL = ("final", 500, 16, 1.2e-3)
POLISH = ("polish", 450, 16, 7e-4)
# Rate of the matrices inside the layers, which Muon trains, as a multiple of the others'.
MUON = 10
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
    """Reads name and centre of things from patch features; used in the first stage only."""

    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(checkpoint.VISION_WIDTH)
        self.out = nn.Linear(checkpoint.VISION_WIDTH, len(SHAPES) * len(COLOURS) + 2)
        self.ninth = nn.Linear(checkpoint.VISION_WIDTH, 9)

    def forward(self, hidden):
        normed = self.norm(hidden)
        out = self.out(normed)
        return out[..., :-1], out[..., -1], self.ninth(normed)


class Lessons:
    """One stage of training, with rate schedule, log and saved state."""

    def __init__(self, stage, modules, work: Path):
        self.name, self.steps, self.size, self.rate = stage
        self.modules, self.work = modules, work
        named = [(n, p) for n, p in modules.named_parameters() if p.requires_grad]
        inner = {n for n, p in named if p.ndim == 2 and ".layers." in n}
        matrices = [p for n, p in named if n in inner]
        others = [p for n, p in named if n not in inner]
        self.weights = matrices + others
        self.optimizers = (
            Muon(matrices, lr=self.rate * MUON, weight_decay=0.02),
            torch.optim.AdamW(others, lr=self.rate, betas=(0.9, 0.98), weight_decay=0.0),
        )

    def _share(self, step):
        """Share of the highest rate: up in 40 steps, level for two fifths, down to nearly 0."""
        return min((step + 1) / 40, 1.0, 1.02 - max(0.0, step / self.steps - 0.4) / 0.6)

    def run(self, loss_of, report, every=50):
        """Trains with loss_of(rng, step); goes on from a stored state if there is one."""
        stored, first = self.work / f"{self.name}.pt", 0
        if stored.exists():
            state = torch.load(stored)
            self.modules.load_state_dict(state["modules"])
            first = state["step"]
            if first < self.steps:
                for optimizer, kept in zip(self.optimizers, state["optimizers"]):
                    optimizer.load_state_dict(kept)
        began, losses = time.time(), []
        for step in range(first, self.steps):
            share = self._share(step)
            for optimizer in self.optimizers:
                optimizer.param_groups[0]["lr"] = optimizer.defaults["lr"] * share
            rng = random.Random(f"{SEED}-{self.name}-{step}-{distributed.get_rank()}")
            loss = loss_of(rng, self.size // WORKERS)
            loss.backward()
            self._share_gradients()
            nn.utils.clip_grad_norm_(self.weights, 1.0)
            for optimizer in self.optimizers:
                optimizer.step()
            self.modules.zero_grad(set_to_none=True)
            losses.append(loss.item())
            if distributed.get_rank() > 0:
                continue
            if (step + 1) % every == 0 or step + 1 == self.steps:
                line = f"{self.name} {step + 1} loss {numpy.mean(losses):.4f}"
                print(f"{line} {time.time() - began:.0f} s {report()}", flush=True)
                losses = []
            if (step + 1) % 100 == 0 or step + 1 == self.steps:
                self._store(stored, step + 1)

    def _share_gradients(self):
        """Mean over the workers; a batch without pictures leaves some gradients empty."""
        for weight in self.weights:
            if weight.grad is None:
                weight.grad = torch.zeros_like(weight)
        flat = torch.cat([weight.grad.flatten() for weight in self.weights])
        distributed.all_reduce(flat)
        parts = (flat / WORKERS).split([weight.numel() for weight in self.weights])
        for weight, part in zip(self.weights, parts):
            weight.grad.copy_(part.view_as(weight))

    def _store(self, stored, step):
        state = {"modules": self.modules.state_dict(), "step": step}
        state["optimizers"] = [optimizer.state_dict() for optimizer in self.optimizers]
        torch.save(state, stored.with_suffix(".part"))
        stored.with_suffix(".part").replace(stored)


class Training:
    def __init__(self, work: Path):
        self.work = work
        torch.manual_seed(SEED)
        self.words = checkpoint.tokenizer()
        self.network = checkpoint.model(self.words)
        start_weights(self.network)
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
        names, centres, ninths = (
            torch.from_numpy(numpy.stack([target[part] for target in targets])) for part in range(3)
        )
        named, centred, placed = self.head(hidden)
        self.patch_rate = float((named.argmax(-1) == names)[names > 0].float().mean())
        off = functional.binary_cross_entropy_with_logits(centred, centres)
        placed = functional.cross_entropy(placed.flatten(0, 1), ninths.flatten())
        return functional.cross_entropy(named.flatten(0, 1), names.flatten()) + off + placed

    def tower(self):
        modules = nn.ModuleList([self.network.model.vision_tower, self.head])

        def loss_of(rng, size):
            scenes, pixels = self._draw_batch(rng, size)
            return self._patch_loss(scenes, features(self.network, pixels))

        Lessons(TOWER, modules, self.work).run(loss_of, lambda: f"right {self.patch_rate:.3f}")

    def _answer_loss(self, rng, size, tower_learns):
        scenes, pixels = self._draw_batch(rng, size)
        picture = rng.random() >= 0.02
        ids, targets, places, blocks, mask = self.dialogues.batch(rng, scenes, picture)
        text, loss = self.network.model.language_model, 0
        inputs = text.embed_tokens(ids)
        if picture:
            with torch.set_grad_enabled(tower_learns):
                seen = features(self.network, pixels)
            loss = self._patch_loss(scenes, seen) if tower_learns else 0
            seen = self.network.model.multi_modal_projector(seen)
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
            lambda rng, size: self._answer_loss(rng, size, True), self._rate
        )


def work(rank, options):
    """One of WORKERS processes, each with its share of every batch and one core."""
    torch.set_num_threads(1)
    distributed.init_process_group(
        "gloo",
        init_method=f"file://{(options.work / 'meeting').resolve()}",
        rank=rank,
        world_size=WORKERS,
    )
    training = Training(options.work)
    training.tower()
    training.text()
    training.whole(WHOLE)
    training.whole(LAST)
    training.whole(FINAL)
    training.whole(POLISH)
    if rank == 0:
        checkpoint.save(training.network, training.words, options.out)
    distributed.barrier()
    distributed.destroy_process_group()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint")
    parser.add_argument("--work", type=Path, required=True, help="folder for pictures and states")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    (options.work / "meeting").unlink(missing_ok=True)
    began = time.time()
    pool.draw("train", PICTURES, options.work)
    print(f"pictures ready {time.time() - began:.0f} s", flush=True)
    multiprocessing.spawn(work, args=(options,), nprocs=WORKERS)
    print(f"trained in {(time.time() - began) / 60:.1f} minutes")


if __name__ == "__main__":
    main()
