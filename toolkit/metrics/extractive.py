"""How much a summary copies: coverage, density, novelty (Grusky, Naaman & Artzi 2018).

The article side is English: the system's own translation of the source where the run kept it,
otherwise the reference translation. The numbers describe, they do not judge: an extractive system
has coverage 100 and novelty 0 by design.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.metrics.base import Item, Metric, signature
from toolkit.metrics.words import words

if TYPE_CHECKING:
    from toolkit.metrics.base import FloatArray


def fragments(article: Sequence[str], summary: Sequence[str]) -> list[int]:
    """Lengths of the greedy extractive fragments of a summary in its article, in words.

    The procedure of Grusky et al. 2018, figure 3: at each summary position the longest shared
    run is taken, then skipped; a word that the article lacks is passed over.
    """
    places: dict[str, list[int]] = {}
    for position, word in enumerate(article):
        places.setdefault(word, []).append(position)
    found: list[int] = []
    i = 0
    while i < len(summary):
        best = 0
        for j in places.get(summary[i], ()):
            length = 1
            while (
                i + length < len(summary)
                and j + length < len(article)
                and summary[i + length] == article[j + length]
            ):
                length += 1
            best = max(best, length)
        if best:
            found.append(best)
        i += max(best, 1)
    return found


def article_of(item: Item) -> str:
    """The English text a summary is compared with: the system's own, or the reference."""
    return item.article or item.translation


class _Extractive(Metric):
    direction = "none"
    needs = frozenset({"english"})

    def statistics(self, items: Sequence[Item]) -> FloatArray:
        """Columns: numerator, number of summary words (or n-grams)."""
        import numpy as np

        rows = [self._row(words(article_of(item)), words(item.hypothesis)) for item in items]
        return np.asarray(rows, dtype=np.float64)

    def _row(self, article: list[str], summary: list[str]) -> tuple[float, float]:
        raise NotImplementedError

    def signature(self, items: Sequence[Item]) -> str:
        """Which English article text the summaries were compared with."""
        sides = {"own" if item.article else "reference" for item in items}
        return signature(self.name, article=sides.pop() if len(sides) == 1 else "mixed")


class Coverage(_Extractive):
    """Share of summary words that stand in an extractive fragment."""

    name = "coverage"
    label = "Coverage"
    unit = "%"

    def _row(self, article: list[str], summary: list[str]) -> tuple[float, float]:
        return float(sum(fragments(article, summary))), float(len(summary))


class Density(_Extractive):
    """Mean length, in words, of the fragment each summary word stands in."""

    name = "density"
    label = "Density"
    unit = "words"

    def _row(self, article: list[str], summary: list[str]) -> tuple[float, float]:
        return float(sum(n * n for n in fragments(article, summary))), float(len(summary))


class Novelty(_Extractive):
    """Share of summary bigrams that the article lacks."""

    name = "novelty"
    label = "Novel bigrams"
    unit = "%"

    def _row(self, article: list[str], summary: list[str]) -> tuple[float, float]:
        known = set(pairwise(article))
        pairs = list(pairwise(summary))
        return float(sum(pair not in known for pair in pairs)), float(len(pairs))
