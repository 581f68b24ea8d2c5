"""Collects test cases with the values that PyTorch computes, and writes them as text.

One case is a name, weights as little-endian bytes, and steps: runs with inputs and outputs, and
changes of the caches between runs. Inputs are multiples of 1/32, so that their text is short and exact.
"""

import zlib

import numpy as np
import torch

TORCH_TYPES = {
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "F64": torch.float64,
}


class Generator:
    """Random numbers that depend on the name of the case only."""

    def __init__(self, name):
        self.state = np.random.default_rng(zlib.crc32(name.encode()))

    def floats(self, *sizes, low=-2.0, high=2.0):
        steps = self.state.integers(round(low * 32), round(high * 32) + 1, sizes)
        return torch.tensor(steps / 32.0, dtype=torch.float32).reshape(sizes)

    def ints(self, *sizes, low=-5, high=6):
        return torch.tensor(self.state.integers(low, high, sizes), dtype=torch.int32).reshape(sizes)


class Case:
    """One case under construction."""

    def __init__(self, name):
        self.name = name
        self.random = Generator(name)
        self.lines = ["case " + name]

    def weight(self, key, values, stored="F32"):
        """Records a weight and returns what a reader of the stored form sees."""
        kept = values.to(TORCH_TYPES[stored])
        raw = kept.contiguous().reshape(-1).view(torch.uint8).numpy().tobytes().hex() or "-"
        self.lines.append(f"weight {key} {stored} {sizes(kept)} {raw}")
        return kept.to(torch.float32)

    def run(self, inputs, outputs):
        self.lines.append("run")
        self.lines += [tensor_line("input", name, value) for name, value in inputs.items()]
        self.lines += [tensor_line("output", name, value) for name, value in outputs.items()]

    def truncate(self, group, length):
        self.lines.append(f"truncate {group} {length}")

    def reorder(self, sources):
        self.lines.append("reorder " + " ".join(map(str, sources)))


class Book:
    """All cases of one file."""

    def __init__(self):
        self.cases = {}

    def case(self, name):
        if name in self.cases:
            raise ValueError("case " + name + " is defined twice")
        self.cases[name] = Case(name)
        return self.cases[name]

    def write(self, path, script):
        with open(path, "w", encoding="utf-8", newline="\n") as out:
            out.write(f"# Written by {script} with torch {torch.__version__.split('+')[0]}.\n")
            for case in self.cases.values():
                out.write("\n".join(case.lines) + "\n")


def sizes(tensor):
    return ",".join(map(str, tensor.shape)) or "scalar"


def tensor_line(kind, name, tensor):
    if tensor.dtype == torch.bool:
        tensor = tensor.to(torch.int32)
    flat = tensor.contiguous().reshape(-1)
    if tensor.dtype in (torch.int32, torch.int64):
        values = [str(number) for number in flat.tolist()]
        return " ".join([kind, name, "int", sizes(tensor)] + values)
    numbers = flat.to(torch.float32).numpy()
    values = [str(number) for number in numbers]
    if not np.isfinite(numbers).all():
        raise ValueError(name + " is not finite")
    return " ".join([kind, name, "float", sizes(tensor)] + values)
