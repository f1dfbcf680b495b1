"""The default summariser: a small learned sentence ranker over ``features``.

A feed-forward scorer (standardised features → one tanh layer → score) whose weights travel in the
package as JSON. It is trained on the extractive labels of IndoSum (Kurniawan & Louvan 2018) by
scripts/train_ranker.py; inference is plain Python. It reads Indonesian only.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from toolkit.errors import ModelError
from toolkit.summarize.base import Ranked
from toolkit.summarize.features import FEATURES, sentence_features
from toolkit.types import Document

WEIGHTS = Path(__file__).with_name("ranker.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """Parameters of the scorer: standardisation, hidden layer (rows: units), output."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    hidden: tuple[tuple[float, ...], ...]
    hidden_bias: tuple[float, ...]
    output: tuple[float, ...]
    skip: tuple[float, ...]
    digest: str

    def score(self, row: list[float]) -> float:
        """Worth of one sentence from its feature values."""
        z = [(x - m) / s for x, m, s in zip(row, self.mean, self.scale, strict=True)]
        total = sum(w * x for w, x in zip(self.skip, z, strict=True))
        for unit, bias, out in zip(self.hidden, self.hidden_bias, self.output, strict=True):
            total += out * math.tanh(bias + sum(w * x for w, x in zip(unit, z, strict=True)))
        return total


@lru_cache(maxsize=4)
def load_weights(path: Path = WEIGHTS) -> Weights:
    """Read a weights file written by scripts/train_ranker.py.

    Raises ModelError when it is missing, damaged or made for other features.
    """
    try:
        data = path.read_bytes()
        raw = json.loads(data)
        if tuple(raw["features"]) != FEATURES:
            raise ModelError(
                f"The ranker weights {path} were made for other features; train them again "
                "with scripts/train_ranker.py."
            )
        return Weights(
            mean=tuple(raw["mean"]),
            scale=tuple(raw["scale"]),
            hidden=tuple(tuple(unit) for unit in raw["hidden"]),
            hidden_bias=tuple(raw["hidden_bias"]),
            output=tuple(raw["output"]),
            skip=tuple(raw["skip"]),
            digest=hashlib.sha256(data).hexdigest()[:12],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"The ranker weights {path} can't be read ({error}); install ringkas again."
        ) from error


class Ranker:
    """Extractive summariser with the learned scorer."""

    name = "ranker"

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights = weights or load_weights()
        self.signature = f"ranker/1|weights={self.weights.digest}"

    def rank(self, document: Document) -> list[Ranked]:
        """Story sentences, best first (see ``Extractive.rank``)."""
        sentences, rows = sentence_features(document)
        ranked = [
            Ranked(s.id, self.weights.score(row)) for s, row in zip(sentences, rows, strict=True)
        ]
        return sorted(ranked, key=lambda r: (-r.score, r.sentence_id))


def create() -> Ranker:
    """Entry point of the registry."""
    return Ranker()
