"""Omissions: segments that leave out a sentence, or a good part, of their Indonesian source.

A rule over lengths and sentence counts, for any system's output after the fact: English news runs
at 0.92 of the Indonesian characters (FLORES dev references; 99.8 % of them above 0.6). How well it
agrees with a reading of the outputs is in docs/evaluation.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from toolkit.metrics.base import Item, Metric, signature

if TYPE_CHECKING:
    from toolkit.metrics.base import FloatArray

LOST_SENTENCE = 0.75
"""Fewer sentences than the source and less than this share of its characters: one is lost."""
LOST_PART = 0.5
"""Less than this share of the characters, whatever the sentences: a part is lost."""
LEAST_CHARACTERS = 40
"""Shorter sources say too little for a ratio to mean anything."""

Omission = Literal["", "empty", "sentence", "part"]


def _sentences(text: str, language: Literal["id", "en"]) -> int:
    from toolkit.text.sentences import split

    return sum(bool(piece.strip()) for piece in split(text, language=language))


def omission(source: str, hypothesis: str) -> Omission:
    """What kind of omission the pair shows: "" for none."""
    wanted, given = len(source.strip()), len(hypothesis.strip())
    if wanted and not given:
        return "empty"
    if wanted < LEAST_CHARACTERS:
        return ""
    ratio = given / wanted
    if ratio < LOST_SENTENCE and _sentences(hypothesis, "en") < _sentences(source, "id"):
        return "sentence"
    return "part" if ratio < LOST_PART else ""


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

        rows = [(float(bool(omission(i.source, i.hypothesis))), 1.0) for i in items]
        return np.asarray(rows, dtype=np.float64)

    def signature(self, items: Sequence[Item]) -> str:  # noqa: ARG002
        """The thresholds of the rule."""
        return signature(
            self.name, sentence=LOST_SENTENCE, part=LOST_PART, characters=LEAST_CHARACTERS
        )
