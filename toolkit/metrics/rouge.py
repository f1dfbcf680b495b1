"""ROUGE-1, ROUGE-2 and ROUGE-Lsum (Lin 2004) over rouge-score, F-measure on 0–100.

rouge-score counts; sentence splitting is ours and pinned (``toolkit.text.sentences``, English),
so that no downloaded tokenizer decides ROUGE-Lsum. The corpus score is the plain mean over items,
not a bootstrap median. Several references: "mean" of their scores (default: fair between a system
with three references and a person with two) or "best"; the signature says which.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from toolkit.errors import UsageError
from toolkit.metrics.base import Item, Metric, reference_count, signature

if TYPE_CHECKING:
    from toolkit.metrics.base import FloatArray

_TYPES = ("rouge1", "rouge2", "rougeLsum")


@lru_cache(maxsize=2)
def _scorer(stemmer: bool) -> Any:
    from rouge_score.rouge_scorer import RougeScorer

    return RougeScorer(list(_TYPES), use_stemmer=stemmer, split_summaries=False)


@lru_cache(maxsize=100_000)
def _sentences(text: str) -> str:
    """The text with one sentence a line, as rouge-score wants it for ROUGE-Lsum."""
    from toolkit.text.sentences import split

    return "\n".join(piece.strip() for piece in split(text, language="en"))


@lru_cache(maxsize=200_000)
def f_measures(reference: str, hypothesis: str, stemmer: bool = False) -> tuple[float, ...]:
    """ROUGE-1, ROUGE-2 and ROUGE-Lsum F of one pair on 0–100, in this order."""
    scores = _scorer(stemmer).score(_sentences(reference), _sentences(hypothesis))
    return tuple(100.0 * float(scores[kind].fmeasure) for kind in _TYPES)


class Rouge(Metric):
    """One ROUGE type; columns: F of the item (best or mean over references), 1.

    ``stemmer`` turns on rouge-score's Porter stemmer.
    """

    needs = frozenset({"references"})
    _index: ClassVar[int] = 0

    def __init__(self, references: Literal["mean", "best"] = "mean", stemmer: bool = False) -> None:
        if references not in ("mean", "best"):
            raise UsageError(
                f"Metric '{self.name}': references must be 'mean' or 'best', not '{references}'."
            )
        if not isinstance(stemmer, bool):
            raise UsageError(
                f"Metric '{self.name}': stemmer must be yes or no (true or false in a suite), "
                f"not '{stemmer}'."
            )
        self.references = references
        self.stemmer = stemmer

    def statistics(self, items: Sequence[Item]) -> FloatArray:
        """One row an item: its F-measure as a share, and 1."""
        import numpy as np

        rows = []
        for item in items:
            found = [
                f_measures(reference, item.hypothesis, self.stemmer)[self._index] / 100.0
                for reference in item.references
            ]
            value = max(found) if self.references == "best" else sum(found) / len(found)
            rows.append((value, 1.0))
        return np.asarray(rows, dtype=np.float64)

    def signature(self, items: Sequence[Item]) -> str:
        """References and how they are joined, stemmer, sentence splitter, versions."""
        return signature(
            self.name,
            nrefs=reference_count(items),
            refs=self.references,
            stemmer=self.stemmer,
            split="ringkas-en" if self.name == "rougeLsum" else None,
            agg="mean",
            rouge_score=version("rouge-score"),
        )


class Rouge1(Rouge):
    """Unigram overlap."""

    name = "rouge1"
    label = "ROUGE-1"


class Rouge2(Rouge):
    """Bigram overlap."""

    name = "rouge2"
    label = "ROUGE-2"
    _index = 1


class RougeLsum(Rouge):
    """Summary-level longest common subsequence over sentences."""

    name = "rougeLsum"
    label = "ROUGE-Lsum"
    _index = 2
