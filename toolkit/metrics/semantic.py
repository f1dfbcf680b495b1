"""Semantic score: how much of the reference's meaning the hypothesis holds, by MiniLM vectors.

The F-measure of BERTScore (Zhang et al. 2020, greedy matching of word-piece vectors both ways, no
idf weights, no rescaling) with all-MiniLM-L6-v2, encoded sentence by sentence so that nothing is
cut off. How far it agrees with people is in docs/evaluation.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from toolkit.errors import UsageError
from toolkit.metrics.base import Item, Metric, reference_count, signature

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from toolkit.metrics.base import FloatArray


def english_sentences(text: str) -> list[str]:
    """The sentences of an English text, stripped; empty for a blank text."""
    from toolkit.text.sentences import split

    return [piece.strip() for piece in split(text, language="en") if piece.strip()]


def similarity(reference: str, hypothesis: str) -> float:
    """F-measure on 0–1 of the greedy word-piece matching; 0 when one side is blank."""
    wanted, given = _vectors(reference), _vectors(hypothesis)
    if wanted is None or given is None:
        return 0.0
    table = given @ wanted.T
    precision = max(0.0, float(table.max(axis=1).mean(dtype="float64")))
    recall = max(0.0, float(table.max(axis=0).mean(dtype="float64")))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _vectors(text: str) -> NDArray[np.float32] | None:
    import numpy as np

    from toolkit.metrics.minilm import encoder

    made = encoder().tokens(english_sentences(text))
    kept = [vectors for vectors in made if len(vectors)]
    return np.concatenate(kept) if kept else None


class Semantic(Metric):
    """Greedy word-piece matching on 0–100; columns: F of the item, 1.

    ``references``: "mean" over several references (default) or "best".
    """

    name = "semantic"
    label = "Semantic"
    needs = frozenset({"references"})

    def __init__(self, references: Literal["mean", "best"] = "mean") -> None:
        if references not in ("mean", "best"):
            raise UsageError(
                f"Metric 'semantic': references must be 'mean' or 'best', not '{references}'."
            )
        self.references = references

    def statistics(self, items: Sequence[Item]) -> FloatArray:
        """One row an item: its F as a share rounded to 6 decimals, and 1."""
        import numpy as np

        rows = []
        for item in items:
            found = [similarity(reference, item.hypothesis) for reference in item.references]
            value = max(found) if self.references == "best" else sum(found) / len(found)
            rows.append((round(value, 6), 1.0))
        return np.asarray(rows, dtype=np.float64)

    def signature(self, items: Sequence[Item]) -> str:
        """References and how they are joined, model, weights' hash, splitter."""
        from toolkit.metrics.minilm import package_version, weights_hash

        return signature(
            self.name,
            nrefs=reference_count(items),
            refs=self.references,
            model="all-MiniLM-L6-v2",
            weights=weights_hash(),
            match="bertscore-f1",
            split="ringkas-en",
            wheel=package_version(),
        )
