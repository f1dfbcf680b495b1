"""Omissions as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/omissions")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Omissions(evaluate.Metric):
    """Omissions."""

    def _info(self):
        return huggingface.info("omissions")

    def _compute(self, *, predictions, sources, **options):
        return huggingface.compute(
            "omissions", {"predictions": predictions, "sources": sources}, **options
        )
