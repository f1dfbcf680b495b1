"""Seconds as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/seconds")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Seconds(evaluate.Metric):
    """Seconds."""

    def _info(self):
        return huggingface.info("seconds")

    def _compute(self, *, predictions, seconds, **options):
        return huggingface.compute(
            "seconds", {"predictions": predictions, "seconds": seconds}, **options
        )
