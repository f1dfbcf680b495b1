"""BLEU as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/bleu")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Bleu(evaluate.Metric):
    """BLEU."""

    def _info(self):
        return huggingface.info("bleu")

    def _compute(self, *, predictions, references, **options):
        return huggingface.compute(
            "bleu", {"predictions": predictions, "references": references}, **options
        )
