"""Numbers as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/numbers")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Numbers(evaluate.Metric):
    """Numbers."""

    def _info(self):
        return huggingface.info("numbers")

    def _compute(self, *, predictions, sources, **options):
        return huggingface.compute(
            "numbers", {"predictions": predictions, "sources": sources}, **options
        )
