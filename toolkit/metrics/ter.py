"""TER (Snover et al. 2006) through sacrebleu: edits and shifts per reference word, low is good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.metrics._sacrebleu import SacrebleuMetric

if TYPE_CHECKING:
    from toolkit.metrics.base import FloatArray


class Ter(SacrebleuMetric):
    """Translation edit rate in points (may exceed 100); columns: edits, reference length."""

    name = "ter"
    label = "TER"
    direction = "lower"

    def _make(self) -> Any:
        from sacrebleu.metrics.ter import TER

        return TER()

    def aggregate(self, totals: FloatArray) -> FloatArray:
        """Edits over average reference length; 100 when only the hypothesis has words."""
        import numpy as np

        edits, length = totals[..., 0], totals[..., 1]
        with np.errstate(divide="ignore", invalid="ignore"):
            scores = 100.0 * edits / length
        result: FloatArray = np.where(length > 0, scores, np.where(edits > 0, 100.0, 0.0))
        return result
