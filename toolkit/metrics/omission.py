"""Omissions: segments that leave out a sentence, or a good part, of their Indonesian source.

The rules are the translation guard's own (``toolkit.translate.judge``: lengths, sentence counts,
lost clauses), applied after the fact to any system's output. How they do on real outputs is in
docs/evaluation.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.metrics.base import Item, Metric, signature
from toolkit.types import Check, clean_text

if TYPE_CHECKING:
    from toolkit.metrics.base import FloatArray
    from toolkit.translate.judge import Judge


@lru_cache(maxsize=100_000)
def judged(source: str, hypothesis: str) -> tuple[Check, ...]:
    """What the guard's judge finds in a pair (cleaned first), whichever system wrote it."""
    return _judge()(clean_text(source), clean_text(hypothesis)).checks


@lru_cache(maxsize=1)
def _judge() -> Judge:
    from toolkit.translate.judge import Judge

    return Judge()


def omission(source: str, hypothesis: str) -> bool:
    """Whether the English hypothesis leaves out a part of the Indonesian source."""
    if not source.strip():
        return False
    return any(check.kind == "omission" for check in judged(source, hypothesis))


class Omissions(Metric):
    """Share of segments with an omission, in percent; columns: omissions, 1."""

    name = "omissions"
    label = "Omissions"
    unit = "%"
    direction = "lower"
    needs = frozenset({"source"})

    def statistics(self, items: Sequence[Item]) -> FloatArray:
        """One row an item: 1 when something is left out, and 1."""
        import numpy as np

        return np.asarray([(float(omission(i.source, i.hypothesis)), 1.0) for i in items])

    def signature(self, items: Sequence[Item]) -> str:  # noqa: ARG002
        """The guard's version, whose rule it is."""
        from toolkit.translate.guard import GUARD_VERSION

        return signature(self.name, guard=GUARD_VERSION)
