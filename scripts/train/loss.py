"""Label-smoothed cross-entropy over a tied output matrix, logits never kept whole.

Computes the gradients of the hidden states and of the matrix in the forward pass, a chunk of
positions at a time: softmax minus target, the uniform part of the smoothing added in closed form.
``<pad>`` is no outcome: its logit is left out and its row gets no gradient.
"""

from __future__ import annotations

from typing import Any

import torch

CHUNK = 1024


def smoothed_loss(
    hidden: torch.Tensor,
    labels: torch.Tensor,
    matrix: torch.nn.Parameter,
    pad: int,
    smoothing: float,
    chunk: int = CHUNK,
) -> torch.Tensor:
    """Mean negative log-likelihood per token (smoothing not counted in), differentiable.

    ``hidden`` [tokens, width], ``labels`` [tokens] with -1 for rows to leave out, ``matrix``
    [vocabulary, width]; the matrix's gradient is added to ``matrix.grad`` when the loss runs
    backward, with the smoothing (Szegedy et al. 2016) over all outcomes but ``pad``.
    """
    loss: torch.Tensor = _Loss.apply(hidden, labels, matrix, pad, smoothing, chunk)
    return loss


class _Loss(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any,
        hidden: torch.Tensor,
        labels: torch.Tensor,
        matrix: torch.Tensor,
        pad: int,
        smoothing: float,
        chunk: int,
    ) -> torch.Tensor:
        weight, states = matrix.detach(), hidden.detach()
        valid = labels >= 0
        count = valid.sum().clamp(min=1)
        targets = labels.clamp(min=0)
        uniform = smoothing / (weight.shape[0] - 1)
        sums = weight.float().sum(0) - weight[pad].float()
        to_hidden = torch.empty_like(states)
        to_matrix = torch.zeros(weight.shape, dtype=torch.float32, device=weight.device)
        total = torch.zeros((), device=weight.device)
        for start in range(0, len(states), chunk):
            x, t, v = (a[start : start + chunk] for a in (states, targets, valid))
            logits = x @ weight.T
            logits[:, pad] = -1e4
            p = torch.softmax(logits, -1)
            rows = torch.arange(len(x), device=x.device)
            total -= (p[rows, t].float().clamp(min=1e-9).log() * v).sum()
            p[rows, t] -= 1 - smoothing
            p *= v.unsqueeze(1)
            to_hidden[start : start + chunk] = p @ weight
            to_matrix += p.T @ x
        if smoothing:
            to_hidden -= (uniform * sums).to(to_hidden.dtype) * valid.unsqueeze(1)
            to_matrix -= uniform * (states.float() * valid.unsqueeze(1)).sum(0)
        to_matrix[pad] = 0
        ctx.matrix = matrix
        ctx.to_matrix = to_matrix.div_(count)
        ctx.save_for_backward(to_hidden.div_(count))
        return total / count

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> Any:
        (to_hidden,) = ctx.saved_tensors
        if ctx.matrix.requires_grad:
            update = (ctx.to_matrix * grads[0]).to(ctx.matrix.dtype)
            ctx.matrix.grad = update if ctx.matrix.grad is None else ctx.matrix.grad.add_(update)
        return to_hidden * grads[0].to(to_hidden.dtype), None, None, None, None, None
