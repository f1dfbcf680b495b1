"""ROUGE-1 as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/rouge1")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Rouge1(evaluate.Metric):
    """ROUGE-1."""

    def _info(self):
        return huggingface.info("rouge1")

    def _compute(self, *, predictions, references, **options):
        return huggingface.compute(
            "rouge1", {"predictions": predictions, "references": references}, **options
        )
