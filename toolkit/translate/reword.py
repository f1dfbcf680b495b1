"""Further hypotheses for sentences of which a word seems lost: the same source, reworded.

The model translates the source with the word in English (``senses``) as well; all that it finds is
scored as a translation of the source as it stands, and taken only where the reranker prefers it.
Source-side paraphrases for unknown words go back to Callison-Burch et al. (2006, "Improved
Statistical Machine Translation Using Paraphrases"). Worth it for single articles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from toolkit.translate.base import Decoding, TokenBackend
from toolkit.translate.rerank import Reranker
from toolkit.translate.senses import gaps, rewordings

BEAM, BEST = 4, 2
"""Beam size for a reworded source, and how many of its hypotheses are looked at."""


@runtime_checkable
class ScoringBackend(TokenBackend, Protocol):
    """A token backend that can say how probable a given translation is."""

    def score(
        self, sources: Sequence[list[str]], targets: Sequence[list[str]]
    ) -> Callable[[], list[float]]:
        """Start scoring the targets given the sources; the result waits for them."""
        ...


@dataclass(frozen=True, slots=True)
class Reworded:
    """A better hypothesis (target tokens and text), and the words that had seemed lost."""

    tokens: list[str]
    text: str
    words: tuple[str, ...]


class Rewording:
    """Finds better hypotheses by rewording sources, for one backend and reranker."""

    def __init__(self, steps: ScoringBackend, decoding: Decoding, reranker: Reranker) -> None:
        self._steps = steps
        self._decoding = replace(decoding, beam_size=BEAM)
        self._reranker = reranker

    def better(
        self, sources: Sequence[str], taken: Sequence[tuple[list[str], str]]
    ) -> dict[int, Reworded]:
        """By position, the sources for which something better than ``taken`` (target tokens and
        text of the hypothesis that would be used) was found."""
        lost = {i: found for i, s in enumerate(sources) if (found := gaps(s, taken[i][1]))}
        texts = [(i, text) for i, found in lost.items() for text in rewordings(sources[i], found)]
        encoded = self._steps.tokenize([text for _, text in texts])
        longest = self._steps.max_source_tokens - 2
        fit = [
            (i, e.tokens)
            for (i, _), e in zip(texts, encoded, strict=True)
            if len(e.tokens) <= longest
        ]
        work = self._steps.submit([tokens for _, tokens in fit], self._decoding, best=BEST)
        pool = {i: [taken[i][0]] for i in lost}
        for (i, _), hypotheses in zip(fit, work.result(), strict=True):
            group = pool[i]
            group += [h for h in hypotheses if h not in group and self._whole(h)]
        places = [i for i, group in pool.items() if len(group) > 1]
        chosen = self._chosen([sources[i] for i in places], [pool[i] for i in places])
        return {
            i: Reworded(*found, tuple(sources[i][g.start : g.end] for g in lost[i]))
            for i, found in zip(places, chosen, strict=True)
            if found is not None
        }

    def _whole(self, hypothesis: list[str]) -> bool:
        return 0 < len(hypothesis) < self._decoding.max_length

    def _chosen(
        self, sources: Sequence[str], pools: Sequence[list[list[str]]]
    ) -> list[tuple[list[str], str] | None]:
        """The best of each pool, target tokens and text; None where it is the first."""
        tokens = [e.tokens for e in self._steps.tokenize(sources)]
        waiting = [
            self._steps.score([t] * len(group), group)
            for t, group in zip(tokens, pools, strict=True)
        ]
        flat = iter(self._steps.detokenize([h for group in pools for h in group]))
        texts = [[next(flat) for _ in group] for group in pools]
        scores = [result() for result in waiting]
        lengths = [[len(h) + 1 for h in group] for group in pools]
        orders = self._reranker.order(sources, texts, scores, lengths)
        return [
            (group[order[0]], text[order[0]]) if order[0] else None
            for group, text, order in zip(pools, texts, orders, strict=True)
        ]
