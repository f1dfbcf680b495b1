"""Reading ease as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/flesch")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Flesch(evaluate.Metric):
    """Reading ease."""

    def _info(self):
        return huggingface.info("flesch")

    def _compute(self, *, predictions, **options):
        return huggingface.compute("flesch", {"predictions": predictions}, **options)
