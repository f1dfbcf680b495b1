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
        logs = self._tables[0].values(self._tables[0].find(keys(ngram_bits(ids, 1)))[0])
        for n in range(2, self.order + 1):
            logs = self._longer(n, ids, logs, before)
        logs[begins] = 0.0
        lengths = np.diff(np.append(begins, len(tokens))) - 1
        means: Floats = np.add.reduceat(logs, begins) / lengths
        return means

    def _known(self, ids: Ids) -> Ids:
        found = self._tables[0].find(keys(ngram_bits(ids, 1)))[1]
        return np.where(found, ids, self._unknown)

    def _longer(self, n: int, ids: Ids, logs: Floats, before: NDArray[np.intp]) -> Floats:
        """The log-probabilities given n − 1 words before, from those given n − 2."""
        place, found = self._tables[n - 1].find(keys(ngram_bits(ids, n)))
        context = np.concatenate([[np.uint32(0)], keys(ngram_bits(ids, n - 1))[:-1]])
        at, known = self._tables[n - 2].find(context)
        backed = logs + np.where(known, self._tables[n - 2].values(at, 1), 0.0)
        better = np.where(found, self._tables[n - 1].values(place), backed)
        return np.where(before >= n - 1, better, logs)
