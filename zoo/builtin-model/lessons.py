"""Stages of training: rate schedule, gradients over the workers, log, and a state to go on from."""

import argparse
import random
import time
from pathlib import Path
from typing import NamedTuple

import numpy
import torch
from torch import distributed, multiprocessing, nn

import half
from muon import Muon

SEED = 20
# Rate of the matrices inside the layers, which Muon trains, as a multiple of the others'.
MUON = 10
# Weight of the past in the running mean, for each step.
MEMORY = 0.99


class Stage(NamedTuple):
    name: str
    steps: int
    pictures: int
    """In one step, over all workers."""
    rate: float
    """The highest learning rate."""
    averaged: bool = False
    """Whether the stage ends with the running mean of its weights."""


class Lessons:
    """One stage of training, with rate schedule, log and saved state."""

    def __init__(self, stage, modules, work: Path):
        self.stage, self.modules, self.work = stage, modules, work
        named = [(n, p) for n, p in modules.named_parameters() if p.requires_grad]
        inner = {n for n, p in named if p.ndim == 2 and (".layers." in n or ".blocks." in n)}
        matrices = [p for n, p in named if n in inner]
        others = [p for n, p in named if n not in inner]
        self.weights = matrices + others
        self.mean = [weight.detach().clone() for weight in self.weights] if stage.averaged else []
        adam = torch.optim.AdamW(others, lr=stage.rate, betas=(0.9, 0.98), weight_decay=0.0)
        muon = Muon(matrices, lr=stage.rate * MUON, weight_decay=0.02) if matrices else None
        self.optimizers = [optimizer for optimizer in (muon, adam) if optimizer]

    def _share(self, step):
        """Share of the highest rate: up in 40 steps, level for two fifths, down to nearly 0."""
        return min((step + 1) / 40, 1.0, 1.02 - max(0.0, step / self.stage.steps - 0.4) / 0.6)

    def run(self, loss_of, report, every=50):
        """Trains with loss_of(rng, pictures); goes on from a stored state if there is one."""
        stored, first = self.work / f"{self.stage.name}.pt", 0
        if stored.exists():
            first = self._restore(torch.load(stored))
        began, losses = time.time(), []
        for step in range(first, self.stage.steps):
            losses.append(self._step(step, loss_of))
            if distributed.get_rank() > 0:
                continue
            last = step + 1 == self.stage.steps
            if (step + 1) % every == 0 or last:
                line = f"{self.stage.name} {step + 1} loss {numpy.mean(losses):.4f}"
                print(f"{line} {time.time() - began:.0f} s {report()}", flush=True)
                losses = []
            if (step + 1) % 100 == 0 or last:
                self._store(stored, step + 1)
        for weight, mean in zip(self.weights, self.mean):
            weight.data.copy_(mean)

    def _step(self, step, loss_of):
        share = self._share(step)
        for optimizer in self.optimizers:
            optimizer.param_groups[0]["lr"] = optimizer.defaults["lr"] * share
        rng = random.Random(f"{SEED}-{self.stage.name}-{step}-{distributed.get_rank()}")
        loss = loss_of(rng, self.stage.pictures // distributed.get_world_size())
        loss.backward()
        self._share_gradients()
        nn.utils.clip_grad_norm_(self.weights, 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
        self.modules.zero_grad(set_to_none=True)
        # A short memory at first, so that the mean leaves the weights of the start behind.
        memory = min(MEMORY, step / (step + 10))
        for weight, mean in zip(self.weights, self.mean):
            mean.lerp_(weight.detach(), 1 - memory)
        return loss.item()

    def _share_gradients(self):
        """Mean over the workers; a batch without pictures leaves some gradients empty."""
        for weight in self.weights:
            if weight.grad is None:
                weight.grad = torch.zeros_like(weight)
        flat = torch.cat([weight.grad.flatten() for weight in self.weights])
        distributed.all_reduce(flat)
        flat /= distributed.get_world_size()
        parts = flat.split([weight.numel() for weight in self.weights])
        for weight, part in zip(self.weights, parts):
            weight.grad.copy_(part.view_as(weight))

    def _restore(self, state):
        self.modules.load_state_dict(state["modules"])
        self.mean = state["mean"]
        for optimizer, kept in zip(self.optimizers, state["optimizers"]):
            optimizer.load_state_dict(kept)
        return state["step"]

    def _store(self, stored, step):
        state = {"modules": self.modules.state_dict(), "mean": self.mean, "step": step}
        state["optimizers"] = [optimizer.state_dict() for optimizer in self.optimizers]
        torch.save(state, stored.with_suffix(".part"))
        stored.with_suffix(".part").replace(stored)


def arguments(description):
    """A parser with what every training takes."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint")
    parser.add_argument("--work", type=Path, required=True, help="folder for pictures and states")
    parser.add_argument("--workers", type=int, default=2, help="processes with one thread each")
    return parser


def _worker(rank, teach, options):
    torch.set_num_threads(1)
    distributed.init_process_group(
        "gloo",
        init_method=f"file://{(options.work / 'meeting').resolve()}",
        rank=rank,
        world_size=options.workers,
    )
    half.use()
    teach(options)
    distributed.barrier()
    distributed.destroy_process_group()


def together(teach, options):
    """Runs teach(options) in options.workers processes, each with its share of every batch and one core."""
    (options.work / "meeting").unlink(missing_ok=True)
    multiprocessing.spawn(_worker, args=(teach, options), nprocs=options.workers)
