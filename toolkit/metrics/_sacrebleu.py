"""What the three sacrebleu metrics share: statistics per segment, signatures.

sacrebleu counts (tokenisation, n-grams, edits); the formula over summed counts is vectorised in
bleu, chrf and ter, so that thousands of resamples cost one matrix product. Each formula is pinned
to sacrebleu's own in the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from toolkit.errors import UsageError
from toolkit.metrics.base import Item, Metric, reference_count

if TYPE_CHECKING:
    from toolkit.metrics.base import FloatArray


class SacrebleuMetric(Metric):
    """A metric whose segment statistics come from sacrebleu (Post 2018).

    ``references`` says what several references of an item do: "joint" (default) is sacrebleu's
    own way for the metric; "mean" scores the hypothesis against each alone and takes the mean of
    the counts, so that a system scored against three references can be set beside a person scored
    against two. The n-grams of references are kept, so that a second system does not pay for them
    again.
    """

    needs = frozenset({"references"})

    def __init__(self, references: Literal["joint", "mean"] = "joint") -> None:
        if references not in ("joint", "mean"):
            raise UsageError(
                f"Metric '{self.name}': references must be 'joint' or 'mean', not '{references}'."
            )
        self.references = references
        self._scorer = self._make()
        self._references: dict[tuple[str, ...], Any] = {}

    def _make(self) -> Any:
        """The sacrebleu metric object."""
        raise NotImplementedError

    def _reference_info(self, references: tuple[str, ...]) -> Any:
        info = self._references.get(references)
        if info is None:
            prepared = [self._scorer._preprocess_segment(text) for text in references]
            info = self._references[references] = self._scorer._extract_reference_info(prepared)
        return info

    def statistics(self, items: Sequence[Item]) -> FloatArray:
        """One row of sacrebleu's segment statistics an item."""
        import numpy as np

        return np.asarray([self._row(item) for item in items], dtype=np.float64)

    def _row(self, item: Item) -> list[float]:
        hypothesis = self._scorer._preprocess_segment(item.hypothesis)
        count = self._scorer._compute_segment_statistics
        if self.references == "joint":
            row: list[float] = count(hypothesis, self._reference_info(item.references))
            return row
        rows = [count(hypothesis, self._reference_info((text,))) for text in item.references]
        return [sum(column) / len(rows) for column in zip(*rows, strict=True)]

    def signature(self, items: Sequence[Item]) -> str:
        """sacrebleu's own signature, as its command prints it, after the metric's name."""
        count = reference_count(items)
        self._scorer.num_refs = -1 if count == "var" else int(count)
        how = "" if self.references == "joint" else f"refs:{self.references}|"
        return f"{self.name}|{how}{self._scorer.get_signature().format()}"
