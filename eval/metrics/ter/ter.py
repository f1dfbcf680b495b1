"""TER as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/ter")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Ter(evaluate.Metric):
    """TER."""

    def _info(self):
        return huggingface.info("ter")

    def _compute(self, *, predictions, references, **options):
        return huggingface.compute(
            "ter", {"predictions": predictions, "references": references}, **options
        )
