"""BLEU (Papineni et al. 2002) through sacrebleu: tokenizer 13a, exponential smoothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.metrics._sacrebleu import SacrebleuMetric

if TYPE_CHECKING:
    from toolkit.metrics.base import FloatArray

_ORDERS = 4


class Bleu(SacrebleuMetric):
    """Corpus BLEU on 0–100; several references clip together, the closest length counts.

    Columns: hypothesis length, reference length, correct n-grams (1–4), all n-grams (1–4).
    Segment scores use the effective order, as sacrebleu advises for single sentences.
    """

    name = "bleu"
    label = "BLEU"

    def _make(self) -> Any:
        from sacrebleu.metrics.bleu import BLEU

        # force: no warning on "tokenised-looking" text; the score is the same.
        return BLEU(force=True)

    def aggregate(self, totals: FloatArray) -> FloatArray:
        """Corpus BLEU of summed statistics, smoothed as mteval-v13a ("exp")."""
        return _bleu(totals, effective=False)

    def segment_scores(self, statistics: FloatArray) -> FloatArray:
        """Sentence BLEU with effective order."""
        return _bleu(statistics, effective=True)


def _bleu(totals: FloatArray, *, effective: bool) -> FloatArray:
    import numpy as np

    system, reference = totals[..., 0], totals[..., 1]
    correct, total = totals[..., 2 : 2 + _ORDERS], totals[..., 2 + _ORDERS :]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        brevity = np.where(
            system >= reference, 1.0, np.where(system > 0, np.exp(1.0 - reference / system), 0.0)
        )
        # An order without a match counts 1/(2^k · total), k = such orders so far.
        halvings = 2.0 ** np.cumsum(correct == 0, axis=-1)
        precision = np.where(correct == 0, 100.0 / (halvings * total), 100.0 * correct / total)
        # sacrebleu stops at the first order with no n-gram at all; a precision of 0 makes the
        # whole score vanish unless the effective order leaves it out.
        present = np.cumprod(total > 0, axis=-1).astype(bool)
        logs = np.where(present, np.log(precision), 0.0 if effective else -9999999999.0)
        order = present.sum(axis=-1) if effective else np.full(system.shape, _ORDERS)
        scores = brevity * np.exp(logs.sum(axis=-1) / np.maximum(order, 1))
    result: FloatArray = np.where(correct.sum(axis=-1) > 0, scores, 0.0)
    return result
