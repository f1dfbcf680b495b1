"""Length, compression and readability of English summaries; they describe, they do not judge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.metrics.base import Item, Metric, signature
from toolkit.metrics.words import syllables, words

if TYPE_CHECKING:
    from toolkit.metrics.base import FloatArray


class Length(Metric):
    """Mean length in white-space separated words; columns: words, 1."""

    name = "length"
    label = "Length"
    unit = "words"
    direction = "none"

    def statistics(self, items: Sequence[Item]) -> FloatArray:
        """One row an item: its words, and 1."""
        import numpy as np

        return np.asarray([(len(i.hypothesis.split()), 1) for i in items], dtype=np.float64)


class Compression(Metric):
    """Indonesian source words per English summary word; columns: source words, summary words."""

    name = "compression"
    label = "Compression"
    unit = "ratio"
    direction = "none"
    needs = frozenset({"source"})

    def statistics(self, items: Sequence[Item]) -> FloatArray:
        """One row an item: words of the source, words of the summary."""
        import numpy as np

        rows = [(len(item.source.split()), len(item.hypothesis.split())) for item in items]
        return np.asarray(rows, dtype=np.float64)


class Flesch(Metric):
    """Flesch reading ease (Flesch 1948): 206.835 − 1.015 words/sentence − 84.6 syllables/word.

    Higher is easier; news stands at about 30 to 60. Columns: words, sentences, syllables.
    Syllables are estimated from spelling.
    """

    name = "flesch"
    label = "Reading ease"
    unit = ""
    direction = "none"

    def statistics(self, items: Sequence[Item]) -> FloatArray:
        """One row an item: words, sentences, syllables."""
        import numpy as np

        from toolkit.text.sentences import split

        rows = []
        for item in items:
            found = words(item.hypothesis)
            sentences = split(item.hypothesis, language="en") if found else []
            rows.append((len(found), len(sentences), sum(syllables(w) for w in found)))
        return np.asarray(rows, dtype=np.float64)

    def aggregate(self, totals: FloatArray) -> FloatArray:
        """Reading ease of summed counts; NaN without a word."""
        import numpy as np

        count, sentences, spoken = totals[..., 0], totals[..., 1], totals[..., 2]
        with np.errstate(divide="ignore", invalid="ignore"):
            ease = 206.835 - 1.015 * count / sentences - 84.6 * spoken / count
        result: FloatArray = np.where((count > 0) & (sentences > 0), ease, np.nan)
        return result

    def signature(self, items: Sequence[Item]) -> str:  # noqa: ARG002
        """The syllable estimate and the sentence splitter."""
        return signature(self.name, syllables="spelling", split="ringkas-en")
