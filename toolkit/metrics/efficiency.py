"""Efficiency: seconds a unit, source sentences a second, peak memory of the process.

Times vary from run to run; they are kept apart from the scores that must come out equal. The
times themselves are measured by whoever ran the system.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.metrics.base import Item, Metric, Score, signature

if TYPE_CHECKING:
    from toolkit.metrics.base import FloatArray

EFFICIENCY = ("seconds", "sentences-per-second")
"""Metrics whose values differ between runs of equal signature."""


def machine() -> str:
    """The machine in words: processor family, cores this process may use, Python's version."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.machine()},{cores}-cores,python-{platform.python_version()}"


class Seconds(Metric):
    """Mean seconds a unit; columns: seconds, 1."""

    name = "seconds"
    label = "Seconds"
    unit = "s"
    direction = "lower"
    needs = frozenset({"seconds"})
    tested = False
    decimals = 2

    def statistics(self, items: Sequence[Item]) -> FloatArray:
        """One row an item: its seconds, and 1."""
        import numpy as np

        return np.asarray([(item.seconds, 1.0) for item in items], dtype=np.float64)

    def signature(self, items: Sequence[Item]) -> str:  # noqa: ARG002
        """The machine it ran on."""
        return signature(self.name, machine=machine())


class Throughput(Metric):
    """Source sentences read a second; columns: sentences, seconds."""

    name = "sentences-per-second"
    label = "Sentences/s"
    unit = "1/s"
    direction = "higher"
    needs = frozenset({"seconds", "sentences"})
    tested = False

    def statistics(self, items: Sequence[Item]) -> FloatArray:
        """One row an item: its sentences, its seconds."""
        import numpy as np

        return np.asarray([(item.sentences, item.seconds) for item in items], dtype=np.float64)

    def signature(self, items: Sequence[Item]) -> str:  # noqa: ARG002
        """The machine it ran on."""
        return signature(self.name, machine=machine())


def peak_bytes() -> int | None:
    """Peak resident memory of this process so far in bytes; None where it can't be read."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak if sys.platform == "darwin" else peak * 1024)


def peak_memory(peak: int) -> Score:
    """A ``Score`` in MiB of a peak measured by the runner, in bytes."""
    return Score(
        metric="peak-memory",
        value=round(peak / 2**20, 1),
        ci=None,
        signature=signature("peak-memory", unit="MiB", of="process", machine=machine()),
    )
