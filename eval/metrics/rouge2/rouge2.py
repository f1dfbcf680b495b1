"""ROUGE-2 as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/rouge2")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Rouge2(evaluate.Metric):
    """ROUGE-2."""

    def _info(self):
        return huggingface.info("rouge2")

    def _compute(self, *, predictions, references, **options):
        return huggingface.compute(
            "rouge2", {"predictions": predictions, "references": references}, **options
        )
