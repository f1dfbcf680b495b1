"""Dates as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/dates")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Dates(evaluate.Metric):
    """Dates."""

    def _info(self):
        return huggingface.info("dates")

    def _compute(self, *, predictions, sources, **options):
        return huggingface.compute(
            "dates", {"predictions": predictions, "sources": sources}, **options
        )
