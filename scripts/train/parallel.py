"""Several processes that train one model: each takes a share of the batches.

Started by ``torchrun --standalone --nproc-per-node N -m scripts.train run …``: a core or a GPU
each. Without it there is one process and nothing here does anything. Splits no model or batch.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

import torch


@dataclass(frozen=True, slots=True)
class Group:
    """The processes of a run: ``rank`` is this one's number, ``size`` how many there are."""

    rank: int = 0
    size: int = 1

    @property
    def first(self) -> bool:
        """Whether this process writes the logs and checkpoints."""
        return self.rank == 0

    def mean_(self, tensor: torch.Tensor) -> torch.Tensor:
        """The mean of ``tensor`` over the processes, in place."""
        if self.size > 1:
            torch.distributed.all_reduce(tensor)
            tensor.div_(self.size)
        return tensor

    def total(self, values: list[float]) -> list[float]:
        """Sums of some numbers over the processes, the same on each."""
        if self.size == 1:
            return values
        tensor = torch.tensor(values, dtype=torch.float64)
        torch.distributed.all_reduce(tensor)
        return [float(v) for v in tensor]


def join(device: str) -> Group:
    """Join the run that ``torchrun`` started (gloo on a CPU, nccl on GPUs), or run alone."""
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        return Group()
    rank = int(os.environ["RANK"])
    if device.startswith("cuda"):
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
        torch.distributed.init_process_group("cpu:gloo,cuda:nccl")
    else:
        torch.distributed.init_process_group("gloo")
    return Group(rank, size)


def leave(group: Group) -> None:
    """Leave the run; to be called once, at its end."""
    if group.size > 1:
        torch.distributed.destroy_process_group()
