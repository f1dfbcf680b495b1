"""LexRank-like extractive summariser: sentences close to many others rank high.

Continuous LexRank (Erkan & Radev 2004): power iteration with damping on the cosine graph of
tf-idf vectors. For documents of more than ``DENSE_LIMIT`` sentences the quadratic graph is
replaced by the cosine with the document centroid (Radev et al. 2004). Selection to length is not
done here.
"""

from __future__ import annotations

import math
from collections import Counter

from toolkit.summarize.base import Ranked
from toolkit.summarize.lexical import content_words, cosine, tfidf
from toolkit.types import Document

DENSE_LIMIT = 400
DAMPING = 0.85
_EPSILON = 1e-6
_MAX_ROUNDS = 100


def centrality_scores(vectors: list[dict[str, float]]) -> list[float]:
    """LexRank scores of unit vectors, scaled so that the highest is 1 (all 0 for no overlap)."""
    n = len(vectors)
    if n == 0:
        return []
    raw = _lexrank(vectors) if n <= DENSE_LIMIT else _centroid(vectors)
    top = max(raw)
    return [r / top for r in raw] if top > 0 else [0.0] * n


def _lexrank(vectors: list[dict[str, float]]) -> list[float]:
    n = len(vectors)
    graph = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1, n):
            graph[i][j] = graph[j][i] = cosine(vectors[i], vectors[j])
    sums = [sum(row) for row in graph]
    scores = [1.0 / n] * n
    for _ in range(_MAX_ROUNDS):
        spread = [
            (1 - DAMPING) / n
            + DAMPING * sum(graph[j][i] * scores[j] / sums[j] for j in range(n) if sums[j] > 0)
            for i in range(n)
        ]
        change = sum(abs(a - b) for a, b in zip(spread, scores, strict=True))
        scores = spread
        if change < _EPSILON:
            break
    return scores


def _centroid(vectors: list[dict[str, float]]) -> list[float]:
    total: Counter[str] = Counter()
    for vector in vectors:
        total.update(vector)
    norm = math.sqrt(sum(v * v for v in total.values())) or 1.0
    centre = {w: v / norm for w, v in total.items()}
    return [cosine(v, centre) for v in vectors]


class Centrality:
    """Extractive summariser by LexRank centrality alone; no learned parts."""

    name = "centrality"
    signature = f"centrality/1|damping={DAMPING}"

    def rank(self, document: Document) -> list[Ranked]:
        """Story sentences, most central first (see ``Extractive.rank``)."""
        sentences = document.story_sentences
        scores = centrality_scores(tfidf([content_words(s.clean) for s in sentences]))
        ranked = [Ranked(s.id, x) for s, x in zip(sentences, scores, strict=True)]
        return sorted(ranked, key=lambda r: (-r.score, r.sentence_id))


def create() -> Centrality:
    """Entry point of the registry."""
    return Centrality()
