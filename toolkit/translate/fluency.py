"""How likely an English text is, by a language model of word n-grams.

Interpolated modified Kneser-Ney smoothing (Chen & Goodman 1999), estimated by
``scripts/build_reranker.py`` and stored as log-probabilities and back-off weights (as in ARPA
files, natural logarithms). Which translation to take is ``rerank``'s business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from toolkit.translate.tables import Floats, Ids, Table, classed, keys, ngram_bits, word_ids, words

BEGIN, END, UNKNOWN = "\x01begin", "\x01end", "\x01unknown"
"""Stand for the edges of a text and for words that the model has not met twice."""


def marked(texts: Sequence[str]) -> tuple[list[str], NDArray[np.intp]]:
    """The words of all texts, each text between BEGIN and END, and where each text begins."""
    tokens: list[str] = []
    begins: list[int] = []
    for text in texts:
        begins.append(len(tokens))
        tokens += [BEGIN, *classed(words(text)), END]
    return tokens, np.array(begins, dtype=np.intp)


def since(begins: NDArray[np.intp], total: int) -> NDArray[np.intp]:
    """For each word, the number of words of its text before it (BEGIN included)."""
    lengths = np.diff(np.append(begins, total))
    return np.arange(total) - np.repeat(begins, lengths)


class NGramModel:
    """The n-gram model that an ``.npz`` file holds."""

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        self.order = int(arrays["lm.order"])
        self._tables = [Table(arrays, f"lm{n}") for n in range(1, self.order + 1)]
        self._unknown = word_ids([UNKNOWN])[0]

    def mean(self, texts: Sequence[str]) -> Floats:
        """Mean log-probability of a word of each text, its end included."""
        if not texts:
            return np.zeros(0)
        tokens, begins = marked(texts)
        before = since(begins, len(tokens))
        ids = self._known(word_ids(tokens))
        logs = self._logs(ids, before)
        logs[begins] = 0.0
        lengths = np.diff(np.append(begins, len(tokens))) - 1
        means: Floats = np.add.reduceat(logs, begins) / lengths
        return means

    def _known(self, ids: Ids) -> Ids:
        found = self._tables[0].find(keys(ngram_bits(ids, 1)))[1]
        return np.where(found, ids, self._unknown)

    def _logs(self, ids: Ids, before: NDArray[np.intp]) -> Floats:
        """The log-probability of each word, given as many words before it as the model knows."""
        shorter = self._tables[0]
        place, found = shorter.find(keys(ngram_bits(ids, 1)))
        logs = shorter.values(place)
        for n, table in enumerate(self._tables[1:], 2):
            # What stands before a word is the shorter n-gram that ends one word earlier.
            weights = np.where(found, shorter.values(place, 1), 0.0)
            backed = logs + np.concatenate([[0.0], weights[:-1]])
            place, found = table.find(keys(ngram_bits(ids, n)))
            logs = np.where(before >= n - 1, np.where(found, table.values(place), backed), logs)
            shorter = table
        return logs
