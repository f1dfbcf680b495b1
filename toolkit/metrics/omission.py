"""Omissions: segments that leave out a sentence, or a good part, of their Indonesian source.

The rule is the translation guard's own (``toolkit.translate.checks.check_length``: lengths and
sentence counts against what careful translations reach), applied after the fact to any system's
output. How it does on real outputs is in docs/evaluation.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from toolkit.metrics.base import Item, Metric, signature
from toolkit.types import clean_text

if TYPE_CHECKING:
    from toolkit.metrics.base import FloatArray


def omission(source: str, hypothesis: str) -> bool:
    """Whether the English hypothesis leaves out a part of the Indonesian source."""
    from toolkit.translate.checks import check_length

    source, hypothesis = clean_text(source), clean_text(hypothesis)
    if not source:
        return False
    counts = _sentences(source, "id"), _sentences(hypothesis, "en")
    return any(c.kind == "omission" for c in check_length(source, hypothesis, *counts))


def _sentences(text: str, language: Literal["id", "en"]) -> int:
    from toolkit.text.sentences import split

    return sum(bool(piece.strip()) for piece in split(text, language=language))


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
