"""chrF++ (Popović 2017) through sacrebleu: character 1–6-grams, word 1–2-grams, β = 2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.metrics._sacrebleu import SacrebleuMetric

if TYPE_CHECKING:
    from toolkit.metrics.base import FloatArray

_BETA2 = 4.0


class Chrf(SacrebleuMetric):
    """chrF++ on 0–100; of several references the one with the best F counts, per segment.

    Columns: for each of eight n-gram orders the hypothesis, reference and matched counts.
    """

    name = "chrf++"
    label = "chrF++"

    def _make(self) -> Any:
        from sacrebleu.metrics.chrf import CHRF

        return CHRF(word_order=2)

    def aggregate(self, totals: FloatArray) -> FloatArray:
        """F2 of the precision and recall averaged over the orders that both sides have."""
        import numpy as np

        hypothesis, reference, matched = (totals[..., i::3] for i in range(3))
        both = (hypothesis > 0) & (reference > 0)
        orders = np.maximum(both.sum(axis=-1), 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            precision = np.where(both, matched / hypothesis, 0.0).sum(axis=-1) / orders
            recall = np.where(both, matched / reference, 0.0).sum(axis=-1) / orders
            scores = 100.0 * (1.0 + _BETA2) * precision * recall / (_BETA2 * precision + recall)
        result: FloatArray = np.where(precision + recall > 0, scores, 0.0)
        return result
