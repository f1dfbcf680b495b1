"""Segments on their way through the guard: distinct texts, their parts, what is copied.

What becomes of them is ``guard``'s, where over-long ones are cut ``splitting``'s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from toolkit.translate.base import Pending
from toolkit.translate.splitting import copied_runs, join_parts
from toolkit.types import Check


@dataclass(slots=True)
class Job:
    """Prepared segments: distinct texts, their parts, and the source tokens of all parts."""

    index: list[int]
    """For each segment given, the position of its text in ``texts``."""
    texts: list[str]
    """The distinct, non-blank texts; position -1 of ``index`` stands for blank."""
    parts: list[list[str]]
    """The parts of each text: itself alone, or its clauses when it is over-long."""
    sources: list[list[str]] = field(default_factory=list)
    """Source tokens of all parts, in order."""
    lost: list[str] = field(default_factory=list)
    """Unreadable characters of each text."""
    read: list[str] = field(default_factory=list)
    """Each text as the model is given it (``source_reading``)."""
    notes: list[list[Check]] = field(default_factory=list)
    """What was read otherwise than it is written, of each text."""
    sizes: list[int] = field(default_factory=list)
    """Source tokens of each whole text (but for what is copied)."""
    copied: dict[int, list[str | None]] = field(default_factory=dict)
    """Texts with runs to be copied: those runs, and None for each part, in order."""
    pending: Pending | None = None

    def split(self, i: int, split: Callable[[str], list[str]]) -> None:
        """Split the parts between what is copied further."""
        pieces = iter([split(part) for part in self.parts[i]])
        frame: list[str | None] = []
        self.parts[i] = []
        for run in self.copied[i]:
            parts = next(pieces) if run is None else []
            self.parts[i] += parts
            frame += [run] if run is not None else [None] * len(parts)
        self.copied[i] = frame

    @property
    def tokens(self) -> int:
        """Number of source tokens to translate."""
        return sum(map(len, self.sources))


def set_apart(job: Job) -> None:
    """Set apart what is to be copied (``splitting.copied_runs``): as written, not as read."""
    for i, text in enumerate(job.read):
        pieces = copied_runs(text)
        if not any(run for _, run in pieces):
            continue
        own = [piece for piece, run in copied_runs(job.texts[i]) if run]
        runs = iter(own if len(own) == sum(run for _, run in pieces) else [])
        job.copied[i] = [next(runs, piece) if run else None for piece, run in pieces]
        job.parts[i] = [piece for piece, run in pieces if not run]


def without_copied(job: Job, i: int, raw: str) -> tuple[str, str]:
    """A text and its hypothesis, both less what was copied."""
    source = job.texts[i]
    for run in filter(None, job.copied[i]):
        source, raw = source.replace(run, " ", 1), raw.replace(run, " ", 1)
    return " ".join(source.split()), " ".join(raw.split())


def put_together(job: Job, i: int, outputs: Sequence[str]) -> str:
    """The hypothesis of a text from those of its parts and what is copied."""
    parts = job.parts[i]
    if i not in job.copied:
        return outputs[0] if len(parts) == 1 else join_parts(parts, outputs)
    translated = iter(zip(parts, outputs, strict=True))
    pairs = [(run, run) if run is not None else next(translated) for run in job.copied[i]]
    return join_parts([source for source, _ in pairs], [text for _, text in pairs])
