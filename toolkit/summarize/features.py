"""What the learned ranker sees of a sentence: position, centrality, density, overlap, length.

All features are language-side (Indonesian) and computed within one document, so the ranker needs
no translation. Names of the features are part of the weights file; adding one means training
again (scripts/train_ranker.py).
"""

from __future__ import annotations

import re
from collections import Counter

from toolkit.summarize.centrality import centrality_scores
from toolkit.summarize.cohesion import opens_dangling
from toolkit.summarize.lexical import content_words, cosine, overlap, tfidf
from toolkit.types import Document, Sentence

FEATURES = (
    "first",
    "second",
    "third",
    "inverse_position",
    "relative_position",
    "last",
    "paragraph_start",
    "centrality",
    "centroid",
    "word_weight",
    "headline_overlap",
    "has_headline",
    "lead_similarity",
    "names",
    "numbers",
    "short",
    "long",
    "length",
    "quote",
    "quote_start",
    "dangling",
    "question",
    "previous_similarity",
)
_CAPITALISED = re.compile(r"(?<![.!?“\"'‘:]\s)(?<!^)\b[A-Z][\w’'-]*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTES = re.compile(r"[\"“”]")


def sentence_features(document: Document) -> tuple[list[Sentence], list[list[float]]]:
    """Return the story sentences and, for each, its feature values in the order of FEATURES."""
    sentences = list(document.story_sentences)
    texts = [s.clean for s in sentences]
    bags = [content_words(t) for t in texts]
    vectors = tfidf(bags)
    central = centrality_scores(vectors)
    counts = Counter(w for bag in bags for w in bag)
    total = sum(counts.values()) or 1
    centre_raw: Counter[str] = Counter()
    for vector in vectors:
        centre_raw.update(vector)
    norm = sum(v * v for v in centre_raw.values()) ** 0.5 or 1.0
    centre = {w: v / norm for w, v in centre_raw.items()}
    headline = content_words(document.title)
    rows: list[list[float]] = []
    n = len(sentences)
    seen_paragraphs: set[int] = set()
    for i, (sentence, text, bag) in enumerate(zip(sentences, texts, bags, strict=True)):
        size = len(text.split())
        starts = sentence.paragraph not in seen_paragraphs
        seen_paragraphs.add(sentence.paragraph)
        values = {
            "first": float(i == 0),
            "second": float(i == 1),
            "third": float(i == 2),
            "inverse_position": 1.0 / (1 + i),
            "relative_position": i / max(1, n - 1),
            "last": float(i == n - 1),
            "paragraph_start": float(starts),
            "centrality": central[i],
            "centroid": cosine(vectors[i], centre),
            "word_weight": 100 * sum(counts[w] for w in bag) / (len(bag) or 1) / total,
            "headline_overlap": overlap(headline, bag),
            "has_headline": float(bool(headline)),
            "lead_similarity": cosine(vectors[i], vectors[0]) if i else 0.0,
            "names": min(1.0, len(_CAPITALISED.findall(text)) / 8),
            "numbers": min(1.0, len(_NUMBER.findall(text)) / 4),
            "short": float(size < 8),
            "long": float(size > 32),
            "length": min(1.0, size / 40),
            "quote": float(bool(_QUOTES.search(text))),
            "quote_start": float(bool(_QUOTES.match(text))),
            "dangling": float(opens_dangling(text)),
            "question": float(text.endswith("?")),
            "previous_similarity": cosine(vectors[i], vectors[i - 1]) if i else 0.0,
        }
        rows.append([values[name] for name in FEATURES])
    return sentences, rows
