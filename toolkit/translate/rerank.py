"""Which hypothesis of one search to take: the model's own score is not the last word.

A noisy channel (Yee et al. 2019, "Simple and Effective Noisy Channel Modeling for Neural Machine
Translation") of small parts: beside the translation model's log-probability of a token, how likely
the English is (``fluency``), and how well its words explain those of the source (IBM Model 1,
Brown et al. 1993), against losses and slips. The weights are tuned on the dev sets
(``scripts/tune_reranker.py``), the tables made by ``scripts/build_reranker.py``. What is wrong with
a hypothesis the guard says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np

from toolkit.errors import ModelError
from toolkit.translate.base import TokenBackend
from toolkit.translate.fluency import NGramModel
from toolkit.translate.tables import Floats, Table, keys, pair_bits, word_ids, words

DATA = Path(__file__).with_name("data") / "rerank.npz"
WEIGHTS = (0.2, 0.35, -0.65)
"""Of fluency, explanation and the logarithm of the number of tokens; the model's score has 1."""
NOTHING = "\x01nothing"
"""The English word that stands behind Indonesian ones without a counterpart."""
_LEAST = 1e-4
"""Probability of a source word that no word of the hypothesis explains."""
_SAME = 0.3
"""Probability of a source word that stands in the hypothesis as it is."""


class Reranker:
    """Chooses among hypotheses; ``arrays`` is an opened ``.npz`` file of build_reranker.py."""

    def __init__(self, arrays: Any, weights: Sequence[float] = WEIGHTS) -> None:
        self._fluency = NGramModel(arrays)
        self._lexicon = Table(arrays, "lexicon")
        self._weights = tuple(weights)

    def order(
        self,
        sources: Sequence[str],
        hypotheses: Sequence[Sequence[str]],
        scores: Sequence[Sequence[float]],
        lengths: Sequence[Sequence[int]],
    ) -> list[list[int]]:
        """For each source the places of its hypotheses, the one to take first.

        ``scores`` are mean log-probabilities of a target token, ``lengths`` numbers of target
        tokens (end of sentence included) of each hypothesis.
        """
        found = self.features(sources, hypotheses)
        return [
            preference(np.asarray(score), *judged, np.log(length), self._weights)
            for judged, score, length in zip(found, scores, lengths, strict=True)
        ]

    def features(
        self, sources: Sequence[str], hypotheses: Sequence[Sequence[str]]
    ) -> list[tuple[Floats, Floats]]:
        """Fluency and explanation of each hypothesis: mean log-probability of an English word,
        and of a word of the source given the hypothesis."""
        fluency = self._fluency.mean([h for group in hypotheses for h in group])
        found, at = [], 0
        for source, group in zip(sources, hypotheses, strict=True):
            stop = at + len(group)
            found.append((fluency[at:stop], self._explained(source, group)))
            at = stop
        return found

    def _explained(self, source: str, hypotheses: Sequence[str]) -> Floats:
        tokens = words(source)
        if not tokens:
            return np.zeros(len(hypotheses))
        english = [{NOTHING, *words(h)} for h in hypotheses]
        column = {w: i for i, w in enumerate(sorted(set().union(*english)))}
        place, there = self._lexicon.find(
            keys(pair_bits(word_ids(tokens)[:, None], word_ids(list(column))))
        )
        # Numbers are explained by themselves alone: the lexicon has no word with a digit in it.
        chance = np.where(there, np.exp(self._lexicon.values(place)), 0.0)
        result = np.zeros(len(hypotheses))
        for k, those in enumerate(english):
            least = np.array([_SAME if w in those else _LEAST for w in tokens])
            total = chance[:, sorted(column[w] for w in those)].sum(axis=1)
            result[k] = np.log(np.maximum(total, least)).mean()
        return result


def preference(
    score: Floats, fluency: Floats, explained: Floats, length: Floats, weights: Sequence[float]
) -> list[int]:
    """Places of the hypotheses of one source, the one to take first; ``length`` is logarithmic.
    The values are rounded, so that equals stay in the engine's order."""
    a, b, c = weights
    value = score + a * fluency + b * explained + c * length
    order: list[int] = np.argsort(-value.round(6), kind="stable").tolist()
    return order


def best_first(
    reranker: Reranker,
    steps: TokenBackend,
    sources: Sequence[str],
    hypotheses: Sequence[list[list[str]]],
    scores: Sequence[Sequence[float]],
) -> tuple[list[list[list[str]]], list[str]]:
    """The hypotheses (target tokens) of each source in the order to take them, and the texts of
    the first ones. ``scores`` are as in ``base.Pending``."""
    flat = iter(steps.detokenize([h for group in hypotheses for h in group]))
    texts = [[next(flat) for _ in group] for group in hypotheses]
    lengths = [[len(h) + 1 for h in group] for group in hypotheses]
    orders = reranker.order(sources, texts, scores, lengths)
    ordered = [[group[i] for i in order] for group, order in zip(hypotheses, orders, strict=True)]
    return ordered, [text[order[0]] for text, order in zip(texts, orders, strict=True)]


@cache
def default_reranker() -> Reranker:
    """The reranker of the package; ModelError when its tables are missing or damaged."""
    try:
        with DATA.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return Reranker({name: arrays[name] for name in arrays.files})
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise ModelError(
            f"{DATA} is missing or damaged ({error}); install the package again, or go on without "
            "it: --no-rerank."
        ) from None


@cache
def signature() -> str:
    """Names the tables and weights: equal signatures choose alike."""
    try:
        with ZipFile(DATA) as file:  # its checksums: reading 16 MB would cost each start a while
            sums = [(member.filename, member.CRC) for member in file.infolist()]
        digest = hashlib.sha256(repr(sums).encode()).hexdigest()[:16]
    except (OSError, BadZipFile):
        digest = "missing"
    return f"{digest}|{WEIGHTS}"
