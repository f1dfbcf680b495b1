"""Learning rate and data mixture as functions of training progress. No torch here."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LearningRate:
    """Linear warm-up over ``warmup`` steps to ``peak``, then decay.

    ``shape`` is ``cosine`` (from progress ``decay_from`` down to ``floor`` of the peak at the end)
    or ``inverse-sqrt`` (Vaswani et al. 2017; progress is not looked at).
    """

    peak: float
    warmup: int
    shape: str = "cosine"
    decay_from: float = 0.0
    floor: float = 0.01

    def at(self, step: int, progress: float) -> float:
        """The rate of update ``step`` (from 0); ``progress`` is 0 at the start and 1 at the end."""
        rise = min(1.0, (step + 1) / max(1, self.warmup))
        if self.shape == "inverse-sqrt":
            return self.peak * rise * min(1.0, math.sqrt(self.warmup / (step + 1)))
        if progress <= self.decay_from:
            return self.peak * rise
        share = min(1.0, (progress - self.decay_from) / (1 - self.decay_from))
        fall = 0.5 * (1 + math.cos(math.pi * share))
        return self.peak * rise * max(self.floor, fall)


@dataclass(frozen=True, slots=True)
class Phase:
    """From progress ``start`` on, how often each source is seen a round (0.3: a third of it)."""

    start: float
    weights: dict[str, float]

    def of(self, name: str, domain: str) -> float:
        """Weight of a source: its own, that of the longest pattern it fits (``own_*``), or else
        its domain's (``@news``), or else none."""
        if name in self.weights:
            return self.weights[name]
        if fitting := [p for p in self.weights if "*" in p and fnmatchcase(name, p)]:
            return self.weights[max(fitting, key=len)]
        return self.weights.get(f"@{domain}", 0.0)


def read_mixture(path: Path) -> list[Phase]:
    """Phases of a mixture file (a JSON list of ``{"from": …, "weights": {…}}``).

    Raises ValueError when the first phase does not start at 0 or starts do not rise.
    """
    phases = [Phase(float(p["from"]), p["weights"]) for p in json.loads(path.read_text("utf-8"))]
    starts = [p.start for p in phases]
    if not phases or starts[0] != 0 or starts != sorted(set(starts)):
        raise ValueError(f"{path}: phases must start at 0 and follow each other.")
    return phases


def phase_at(phases: list[Phase], progress: float) -> int:
    """Index of the phase that ``progress`` falls into."""
    return max(i for i, p in enumerate(phases) if progress >= p.start)
