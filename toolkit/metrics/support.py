"""Unsupported content: how much of a summary the source does not say, by content words.

The English of the source is its reference translation where the set has one (so that a wrong
translation counts as unsupported), otherwise the system's own. Words are compared by Porter stem;
what the Indonesian source itself has (names, acronyms) is supported too. A synonym counts as
unsupported, so references do not score 0 either: read the number beside theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.metrics.base import Item, Metric, signature
from toolkit.metrics.words import STOP_WORDS, stem, words

if TYPE_CHECKING:
    from toolkit.metrics.base import FloatArray


def unsupported_words(item: Item) -> tuple[list[str], int]:
    """The content words of the hypothesis without support, in order, and how many it has in all.

    Content words are words and numbers of at least two characters that are no stop words.
    """
    english = {stem(word) for word in words(item.translation or item.article)}
    english.update(words(item.source))
    content = [w for w in words(item.hypothesis) if w not in STOP_WORDS and len(w) > 1]
    return [w for w in content if w not in english and stem(w) not in english], len(content)


class Unsupported(Metric):
    """Unsupported share of content words, in percent; columns: unsupported, content words."""

    name = "unsupported"
    label = "Unsupported"
    unit = "%"
    direction = "lower"
    needs = frozenset({"english"})

    def statistics(self, items: Sequence[Item]) -> FloatArray:
        """One row an item: content words without support, content words."""
        import numpy as np

        rows = []
        for item in items:
            missing, count = unsupported_words(item)
            rows.append((len(missing), count))
        return np.asarray(rows, dtype=np.float64)

    def signature(self, items: Sequence[Item]) -> str:
        """Which English of the source was held against."""
        sides = {"reference" if item.translation else "own" for item in items}
        article = sides.pop() if len(sides) == 1 else "mixed"
        return signature(self.name, article=article, stem="porter")
