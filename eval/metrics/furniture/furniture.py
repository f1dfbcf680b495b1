"""Furniture as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/furniture")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Furniture(evaluate.Metric):
    """Furniture."""

    def _info(self):
        return huggingface.info("furniture")

    def _compute(self, *, predictions, **options):
        return huggingface.compute("furniture", {"predictions": predictions}, **options)
