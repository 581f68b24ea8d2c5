"""Muon: momentum whose matrices are made orthogonal before each step (Jordan and others, 2024).

Small transformers learn in far fewer steps with it than with Adam. This one treats all matrices
of one shape at once; the rough iteration may run in bfloat16, momentum and weights are float32.
"""

from collections import defaultdict

import torch

import half

# Coefficients of the quintic iteration that drives all singular values towards 1.
_A, _B, _C = 3.4445, -4.7750, 2.0315


def _orthogonal(stack):
    """Nearest orthogonal matrices, roughly, of a stack [n, rows, columns]."""
    tall = stack.shape[1] > stack.shape[2]
    x = (stack.mT if tall else stack).to(half.TYPE)
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(5):
        square = x @ x.mT
        x = _A * x + (_B * square + _C * square @ square) @ x
    return (x.mT if tall else x).float()


class Muon(torch.optim.Optimizer):
    def __init__(self, matrices, lr, momentum=0.95, weight_decay=0.0):
        defaults = {"lr": lr, "momentum": momentum, "weight_decay": weight_decay}
        super().__init__(matrices, defaults)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            shapes = defaultdict(list)
            for matrix in group["params"]:
                if matrix.grad is not None:
                    shapes[matrix.shape].append(matrix)
            for matrices in shapes.values():
                self._step(group, matrices)

    def _step(self, group, matrices):
        updates = []
        for matrix in matrices:
            state = self.state[matrix]
            if not state:
                state["momentum"] = torch.zeros_like(matrix)
            mean = state["momentum"].lerp_(matrix.grad, 1 - group["momentum"])
            updates.append(matrix.grad.lerp(mean, group["momentum"]))
        rows, columns = matrices[0].shape
        scale = group["lr"] * max(1.0, rows / columns) ** 0.5
        for matrix, update in zip(matrices, _orthogonal(torch.stack(updates))):
            matrix.mul_(1 - group["lr"] * group["weight_decay"])
            matrix.add_(update, alpha=-scale)
