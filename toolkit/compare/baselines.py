"""Baselines of every summary suite: lead-3, random-3, and the oracle extract (an upper bound).

All are extracts: they choose Indonesian sentences, whose translations in document order are the
summary. The oracle looks at the references, so its score bounds what any extract through the same
translator can reach by greedy choice (Nallapati et al. 2017); it is not a system.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from toolkit.metrics.words import words
from toolkit.types import Document

SENTENCES = 3


def lead(document: Document) -> list[int]:
    """Ids of the first three story sentences."""
    return [sentence.id for sentence in document.story_sentences[:SENTENCES]]


def draw(document: Document, seed: int) -> list[int]:
    """Ids of three story sentences drawn at random, in document order.

    The draw depends on the seed and the document's id alone.
    """
    ids = [sentence.id for sentence in document.story_sentences]
    generator = random.Random(f"{seed}|{document.id}")
    return sorted(generator.sample(ids, min(SENTENCES, len(ids))))


def _grams(tokens: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1))


def _f(given: Counter[tuple[str, ...]], wanted: Counter[tuple[str, ...]]) -> float:
    shared = sum((given & wanted).values())
    total = sum(given.values()) + sum(wanted.values())
    return 2 * shared / total if total else 0.0


def oracle(
    sentences: Sequence[tuple[int, str]], references: Sequence[str], at_most: int = 8
) -> list[int]:
    """Ids chosen greedily so that ROUGE-1 plus ROUGE-2 (F, mean over references) grows.

    ``sentences`` are (id, English) in document order. Choosing stops when no sentence adds, or at
    ``at_most``; ids come back in document order. With no useful sentence the first is taken.
    """
    wanted = [[_grams(words(reference), n) for n in (1, 2)] for reference in references]
    tokens = {i: words(text) for i, text in sentences}
    grams = {i: [_grams(t, n) for n in (1, 2)] for i, t in tokens.items()}
    chosen: list[int] = []
    sums: list[Counter[tuple[str, ...]]] = [Counter(), Counter()]
    best = 0.0
    while len(chosen) < at_most:
        gains = []
        for i, own in grams.items():
            if i in chosen:
                continue
            both = [sums[n] + own[n] for n in (0, 1)]
            value = sum(_f(both[n], w[n]) for w in wanted for n in (0, 1)) / len(wanted)
            gains.append((value, -i))
        if not gains or max(gains)[0] <= best:
            break
        best, negative = max(gains)
        chosen.append(-negative)
        sums = [sums[n] + grams[-negative][n] for n in (0, 1)]
    if not chosen and sentences:
        chosen = [sentences[0][0]]
    return sorted(chosen)
